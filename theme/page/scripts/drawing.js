// A chart as a file of its own: drawn in the light colours, with the letters that it is set in, and its source.
(function (paper) {
  "use strict";

  const SCALE = 4; // dots of the picture to a unit of the drawing
  const OWN = /var\(--[\w-]+,\s*(#[0-9a-f]+)\)/gi; // the page's colour, with the chart's own behind it

  // The rules of the page that a drawing needs: its classes, and its font.
  function rulesFor(drawing) {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const wanted = (rule) => (rule instanceof CSSFontFaceRule ? rule.cssText.includes("Paper Sans")
      : /^\.st-\d+$/.test(rule.selectorText || "") && drawing.querySelector(rule.selectorText));
    return ["*{stroke-linejoin:round;stroke-linecap:butt}", ...rules.filter(wanted).map((rule) => rule.cssText.replace(OWN, "$1"))].join("\n");
  }

  paper.drawingOf = (svg, { title, source }) => {
    const copy = svg.cloneNode(true);
    const { width, height } = svg.viewBox.baseVal;
    [copy, ...copy.querySelectorAll("*")].forEach((part) => {
      [...part.attributes].filter(({ name }) => /^(aria-|role$|tabindex$|alt$)/.test(name)).forEach(({ name }) => part.removeAttribute(name));
    });
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.prepend(paper.draw("title", {}, title), paper.draw("desc", {}, source), paper.draw("style", {}, rulesFor(svg)));
    return new XMLSerializer().serializeToString(copy);
  };

  paper.pictureOf = async (svg, about) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(paper.drawingOf(svg, about))}`;
    await image.decode();
    const { width, height } = svg.viewBox.baseVal;
    const canvas = paper.make("canvas", { width: Math.round(width * SCALE), height: Math.round(height * SCALE) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };
})((window.paper = window.paper || {}));
