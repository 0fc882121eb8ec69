# The first line of a mail.
module Greeting
  def self.for(person)
    "Dear #{initial(person)} #{family(person)},"
  end

  def self.initial(person)
    "#{person[:name][0]}."
  end

  def self.family(person)
    person[:name].split(" ")[1].capitalize
  end
end
