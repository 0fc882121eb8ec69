#!/usr/bin/perl
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/../lib";
use Carp;
use Stats::Series;

$SIG{__DIE__} = \&Carp::confess;

for my $values ([4, 6], []) {
    printf "INFO mean %.1f\n", Stats::Series::mean(@$values);
}
