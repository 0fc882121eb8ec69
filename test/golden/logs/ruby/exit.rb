abort "shop: no configuration"
