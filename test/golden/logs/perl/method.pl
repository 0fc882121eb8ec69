my $cart; sub total { $cart->total } total();
