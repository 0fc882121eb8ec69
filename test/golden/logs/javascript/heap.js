const rows = [];
while (true) rows.push(new Array(100).fill(String(rows.length)));
