require_relative "../lib/greeting"

[{ name: "Ada Lovelace" }, { name: "Madonna" }].each do |person|
  puts "INFO #{Greeting.for(person)}"
end
