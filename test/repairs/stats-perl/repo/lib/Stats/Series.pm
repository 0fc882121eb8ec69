package Stats::Series;
use strict;
use warnings;
use List::Util qw(sum0);

# The arithmetic mean; 0 of nothing.
sub mean {
    my @values = @_;
    return sum0(@values) / @values;
}

sub range {
    my @sorted = sort { $a <=> $b } @_;
    return $sorted[-1] - $sorted[0];
}

1;
