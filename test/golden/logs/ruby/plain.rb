class Cart
  def initialize(rows) = @rows = rows
  def total = @rows.sum { |row| row.fetch(:price) }
end

Cart.new([{ price: 3 }, {}]).total
