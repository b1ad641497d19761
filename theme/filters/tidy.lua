-- What Quarto leaves on a figure's box: the image's alternative text a second time, and its class. The image has both.

function Div(div)
  if div.identifier:match('^fig%-') then
    div.attributes.alt = nil
    div.classes = div.classes:filter(function(class) return class ~= 'inline-svg' end)
    return div
  end
end
