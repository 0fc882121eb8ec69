use strict;
use warnings;
use Carp qw(confess);

sub price { my ($item) = @_; confess "no price for $item->{name}" unless $item->{price}; }
sub checkout { price($_) for @_; }

print "starting\n";
checkout({ name => 'pear' });
