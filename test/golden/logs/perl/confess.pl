use strict; use warnings; use Carp qw(confess cluck);
package Shop::Cart;
sub new { bless {}, shift }
sub pay { my ($self, $n) = @_; Carp::confess("no money\nfor cart $n") }
package main;
cluck("only a warning with a stack");
eval { Shop::Cart->new->pay(7) }; print STDERR "caught: $@";
Shop::Cart->new->pay(8);
