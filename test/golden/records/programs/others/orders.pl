use strict; use warnings; use Carp;
package Orders;
sub total { my $order = shift; die "order 17 has no lines\n" unless ref $order; return $order->{lines}->sum; } # HERE total
sub check { Carp::confess("order 17 has no price"); } # HERE check
package main;
my ($kind, $case) = @ARGV;
my $log;
if ($kind eq 'log4perl') { require Log::Log4perl; Log::Log4perl->easy_init({ level => $Log::Log4perl::INFO, layout => '%d %p %c - %m%n' }); $log = Log::Log4perl->get_logger('shop.orders'); }
else { require Mojo::Log; $log = Mojo::Log->new(level => 'info'); }
$log->info('started, no errors');
if ($case eq 'error') { $log->error('order 17 has no lines'); }
if ($case eq 'fatal') { $log->fatal('cannot reach the store'); }
if ($case eq 'exception') { eval { Orders::total({}) }; my $e = $@; chomp $e; $log->error("total failed: $e"); }
if ($case eq 'confess') { eval { Orders::check() }; my $e = $@; chomp $e; $log->error($e); }
if ($case eq 'warning') { eval { Orders::total({}) }; my $e = $@; chomp $e; $log->warn("retrying: $e"); }
if ($case eq 'info') { $log->info('error rate is 0, last Exception was handled'); }
if ($case eq 'crash') { Orders::total({}); }
$log->info('going on');
