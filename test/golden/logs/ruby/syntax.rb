def f(
  puts "x"
end
