require('./cart');
