// Places that hold one offer or more, in the order of the list.
const DECIMALS = 5; // a metre

export function groupSpots(points) {
  const spots = new Map();
  for (const point of points) {
    const key = `${point.latitude.toFixed(DECIMALS)} ${point.longitude.toFixed(DECIMALS)}`;
    const position = { lat: point.latitude, lng: point.longitude };
    if (!spots.has(key)) spots.set(key, { position, rank: spots.size, offers: [], isApproximate: true });
    const spot = spots.get(key);
    spot.offers.push(point);
    spot.isApproximate &&= point.approximatif;
  }
  return [...spots.values()];
}
