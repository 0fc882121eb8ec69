require('node:vm').runInThisContext('throw new Error("in vm")', 'rules.js');
