-- What Quarto leaves on a figure's box: the alternative text a second time, where no reader looks for it. The image has it.

function Div(div)
  if div.identifier:match('^fig%-') and div.attributes.alt then
    div.attributes.alt = nil
    return div
  end
end
