<?php

declare(strict_types=1);

require __DIR__ . '/../src/Customer.php';
require __DIR__ . '/../src/Label.php';

echo Shop\Label::for(new Shop\Customer('Ada', '12 Mill Lane')), "\n";
echo Shop\Label::for(new Shop\Customer('Bo', null)), "\n";
