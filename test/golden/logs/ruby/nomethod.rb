def price(row) = row[:price].to_s.upcase.missing_method
price({ price: nil })
