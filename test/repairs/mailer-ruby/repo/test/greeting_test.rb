require "minitest/autorun"
require_relative "../lib/greeting"

class GreetingTest < Minitest::Test
  def test_a_name_of_two_words
    assert_equal "Dear A. Lovelace,", Greeting.for({ name: "Ada Lovelace" })
  end
end
