use Carp; $SIG{__DIE__} = \&Carp::confess;
sub a { my $n = shift; die "deep trouble" } sub b { a(@_, "text", [1]) } b(7);
