-- Puts each value where its stand-in word is: parsed as Markdown in the text, as plain text in attributes and raw blocks.

local stand_in = 'odnvalue(%d%d%d%d%d)' .. string.rep('x', 70)
local values = {}

local function inlines_of(value)
  if pandoc.utils.type(value) == 'Blocks' then
    return pandoc.utils.blocks_to_inlines(value)
  elseif pandoc.utils.type(value) == 'Inlines' then
    return value
  end
  return pandoc.Inlines { pandoc.Str(pandoc.utils.stringify(value)) }
end

local function as_text(text)
  return (text:gsub(stand_in, function(number) return pandoc.utils.stringify(values[number]) end))
end

local function in_word(str)
  if not str.text:find('odnvalue', 1, true) then
    return nil
  end
  local result, rest = pandoc.Inlines {}, str.text
  while true do
    local first, last, number = rest:find(stand_in)
    if not first then
      break
    end
    if first > 1 then
      result:insert(pandoc.Str(rest:sub(1, first - 1)))
    end
    result:extend(values[number])
    rest = rest:sub(last + 1)
  end
  if rest ~= '' then
    result:insert(pandoc.Str(rest))
  end
  return result
end

local function in_attributes(element)
  local changed = false
  for name, value in pairs(element.attributes) do
    if value:find('odnvalue', 1, true) then
      element.attributes[name] = as_text(value)
      changed = true
    end
  end
  return changed and element or nil
end

local function in_raw(raw)
  if raw.text:find('odnvalue', 1, true) then
    raw.text = as_text(raw.text)
    return raw
  end
end

local function in_target(field)
  return function(element)
    in_attributes(element)
    element[field] = as_text(element[field])
    return element
  end
end

function Pandoc(doc)
  for number, value in pairs(doc.meta['odn-values'] or {}) do
    values[number] = inlines_of(value)
  end
  doc.meta['odn-values'] = nil
  return doc:walk {
    Str = in_word,
    Image = in_target('src'),
    Link = in_target('target'),
    Span = in_attributes,
    Div = in_attributes,
    Header = in_attributes,
    Table = in_attributes,
    Figure = in_attributes,
    RawInline = in_raw,
    RawBlock = in_raw,
  }
end
