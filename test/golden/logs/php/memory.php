<?php
ini_set('memory_limit', '4M');
$a = str_repeat('x', 9000000);
