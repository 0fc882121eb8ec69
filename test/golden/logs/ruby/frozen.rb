module Shop
  class << self
    def open(name)
      define_singleton_method(:go) { name.freeze << "x" }
      go
    end
  end
end
Shop.open("tea".dup)
