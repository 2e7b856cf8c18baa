// From the compact numbers that the server sends to what the map draws.

// Columns of steps and kinds: {x: [first, step, step...], y: [...], k: "0213..."}.
export function points({ x, y, k }, fine) {
  let east = 0;
  let north = 0;
  return x.map((step, n) => {
    east += step;
    north += y[n];
    const place = [east / fine, north / fine];
    return { type: "Feature", properties: { kind: Number(k[n]), x: place[0], y: place[1] }, geometry: { type: "Point", coordinates: place } };
  });
}

// A line written as its first point and steps from there.
export function pieces(steps, fine) {
  let [x, y] = steps;
  const line = [[x / fine, y / fine]];
  for (let n = 2; n < steps.length; n += 2) {
    x += steps[n];
    y += steps[n + 1];
    line.push([x / fine, y / fine]);
  }
  return line;
}
