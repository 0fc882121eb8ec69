<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use Shop\Customer;
use Shop\Label;

require_once __DIR__ . '/../src/Customer.php';
require_once __DIR__ . '/../src/Label.php';

final class LabelTest extends TestCase
{
    public function testTheStreetIsInCapitals(): void
    {
        $this->assertSame('Ada, 12 MILL LANE', Label::for(new Customer('Ada', '12 Mill Lane')));
    }
}
