package Shop::Error; use overload '""' => sub { my $s = shift; "Shop::Error: $s->{why} at $s->{file} line $s->{line}.\n" }, fallback => 1;
sub throw { my ($c, %a) = @_; my (undef, $f, $l) = caller; die bless { %a, file => $f, line => $l }, $c }
package main;
sub work { Shop::Error->throw(why => "sold out") }
work();
