use strict;
use warnings;
use Test::More tests => 2;
use Stats::Series;

is(Stats::Series::mean(4, 6), 5, 'mean');
is(Stats::Series::range(4, 9, 6), 5, 'range');
