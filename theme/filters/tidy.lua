-- What is left to do when all else is done:
--   figures, tables, words for one format   lose what Quarto leaves on them: the image's alternative text and its class,
--               which the image has; widths of columns, which the table has; a span that says nothing;
--   words       that open a cell, a caption, a list's item, a link or a note with a sign of Typst's (`- a`, `= a`, `1. a`)
--               stay words: pandoc writes that sign as such at the beginning of a paragraph alone.

local html = FORMAT:match('html') ~= nil
local typst = FORMAT:match('typst') ~= nil

-- Each cell of a table with the name of its column, values and all, for screens on which a row is a box.
local function labelled(tab)
  if not tab.head.rows[1] then return tab end -- columns without names label nothing
  local heads = tab.head.rows[1].cells:map(function(cell) return pandoc.utils.stringify(cell.contents) end)
  for _, body in ipairs(tab.bodies) do
    for _, row in ipairs(body.body) do
      for number, cell in ipairs(row.cells) do
        cell.attributes.label = heads[number]
      end
    end
  end
  return tab
end

function Div(div)
  if html and (div.classes:includes('matrix') or div.classes:includes('keep')) then
    return div:walk { Table = labelled }
  end
  if div.identifier:match('^fig%-') or div.identifier:match('^tbl%-') then
    div.attributes.alt = nil
    div.attributes['tbl-colwidths'] = nil
    div.classes = div.classes:filter(function(class) return class ~= 'inline-svg' end)
    return div
  end
end

function Span(span)
  return span.attr == pandoc.Attr() and span.content or nil
end

local function guarded(part)
  local first = part.content[1]
  if first and first.t == 'Str' and (first.text:match('^[-+=/]') or first.text:match('^%d+%.$')) then
    part.content:insert(1, pandoc.RawInline('typst', '\\'))
  end
  return part
end

local function guarded_note(note)
  if note.content[1] and note.content[1].t == 'Para' then
    note.content[1] = guarded(note.content[1])
  end
  return note
end

if typst then -- elsewhere no element is asked for: each that is costs time
  Note, Plain, Link = guarded_note, guarded, guarded
end
