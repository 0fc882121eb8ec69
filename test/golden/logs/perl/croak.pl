package Shop; use Carp; sub pay { croak "amount is missing" }
package main; sub checkout { Shop::pay() } checkout();
