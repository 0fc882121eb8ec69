<?php
require '/usr/share/php/Monolog/autoload.php';
use Monolog\Logger; use Monolog\Handler\StreamHandler; use Monolog\Formatter\LineFormatter; use Monolog\Formatter\JsonFormatter;
function work() { throw new DomainException('bad price', 3, new LogicException('row 2')); }
$log = new Logger('shop'); $h = new StreamHandler('php://stdout'); $f = new LineFormatter(null, null, true, true); $f->includeStacktraces(); $h->setFormatter($f); $log->pushHandler($h);
$log->info('start');
try { work(); } catch (Exception $e) { $log->error('order 7 failed', ['exception' => $e]); }
$log->warning('slow');
$log->critical('disk full', ['free' => 0]);
$log->info('end');
