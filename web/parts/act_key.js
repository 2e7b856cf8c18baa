/** A fresh key of an act: the same act sent twice under it is one act. */
export function newKey() {
  // randomUUID is missing where the page is not served over https, as in a hall's own network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
