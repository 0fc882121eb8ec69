use strict; use warnings;
sub pay { my $cart = shift; return $cart->{total} / $cart->{count}; }
pay({ total => 3, count => 0 });
