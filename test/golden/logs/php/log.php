<?php
ini_set('log_errors', '1'); ini_set('display_errors', '0'); ini_set('error_log', '/srv/shop/php.err');
date_default_timezone_set('UTC');
error_log('INFO start');
function work() { throw new DomainException('bad price'); }
try { work(); } catch (Exception $e) { error_log((string) $e); }
error_log('ERROR order 7 failed: no stock');
echo $undefined;
work();
