use strict; use warnings; no warnings 'recursion'; use Carp 'longmess';
sub f { my $n = shift; die longmess("too deep") if $n == 0; f($n - 1) } f(5);
