require 'shop/nothing'
