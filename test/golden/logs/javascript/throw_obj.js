throw { code: 7, why: 'no stock' };
