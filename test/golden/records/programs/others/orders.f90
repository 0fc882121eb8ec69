program orders
  integer :: prices(3), at
  prices = 1
  at = 7
  print *, "started, no errors"
  flush(6)
  print *, prices(at)
end program
