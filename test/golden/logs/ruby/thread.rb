t = Thread.new { Thread.current.name = "picker"; raise ArgumentError, "in the thread" }
begin
  t.join
rescue ArgumentError
  puts "joined"
end
