<?php
require_once '/usr/share/php/Monolog/autoload.php';
function total(array $order): int {
    return array_sum($order['lines']); // HERE total
}
function load(int $number): int {
    try { return total(['lines' => 5]); }
    catch (TypeError $e) { throw new RuntimeException("order $number cannot be summed", 0, $e); } // HERE load
}
[, $kind, $case] = $argv;
$log = new Monolog\Logger('shop');
$handler = new Monolog\Handler\StreamHandler('php://stderr');
if ($kind === 'monolog-json') $handler->setFormatter(new Monolog\Formatter\JsonFormatter());
if ($kind === 'monolog-json') $handler->getFormatter()->includeStacktraces();
if ($kind === 'monolog-line') { $f = new Monolog\Formatter\LineFormatter(null, null, true, true); $f->includeStacktraces(); $handler->setFormatter($f); }
$log->pushHandler($handler);
$log->info('started, no errors');
switch ($case) {
    case 'error': $log->error('order 17 has no lines'); break;
    case 'critical': $log->critical('cannot reach the store'); break;
    case 'exception': try { total(['lines' => 5]); } catch (Throwable $e) { $log->error('total of order 17 failed', ['exception' => $e]); } break;
    case 'chained': try { load(17); } catch (Throwable $e) { $log->error('loading failed', ['exception' => $e]); } break;
    case 'warning': try { load(17); } catch (Throwable $e) { $log->warning('retrying', ['exception' => $e]); } break;
    case 'info': $log->info('error rate is 0, last Exception was handled'); break;
    case 'crash': load(17);
}
$log->info('going on');
