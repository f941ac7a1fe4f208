// Stands in for d3-color, which d3-interpolate brings along for mixing colours: the map asks it only
// for ways between views, and the chunk is smaller by a tenth.
function none(): never {
  throw new Error("no colours are mixed here");
}

export { none as color, none as cubehelix, none as hcl, none as hsl, none as lab, none as rgb };
