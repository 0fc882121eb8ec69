import './cart.mjs';
