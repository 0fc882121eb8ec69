proc total {order} {
    return [dict get $order price]
}
puts "started, no errors"
flush stdout
total {lines 0}
