<?php
echo $undefined;
$a = []; echo $a['x'];
echo "done\n";
