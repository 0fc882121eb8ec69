use strict;
my $x = 1
my $y = $z;
print $undeclared;
