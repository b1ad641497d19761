-- What the theme adds to both engines; Quarto runs it first (`at: pre-ast`), and so does the embedded engine.
--   callouts    become one plain box in the page and #callout in the PDF;
--   .source, .summary, .findings, .keep, .colophon   call the function of that name in typst-parts.typ;
--   .literal    is its words: the reason for a typed number is for the reader of the source;
--   figures     are drawn inside the page, so that they can answer to a pointer and to the reader's colours.

local html = FORMAT:match('html') ~= nil
local typst = FORMAT:match('typst') ~= nil

local kinds = {
  ['callout-note'] = 'Note',
  ['callout-tip'] = 'Tip',
  ['callout-important'] = 'Important',
  ['callout-warning'] = 'Warning',
  ['callout-caution'] = 'Caution',
}

local parts = {
  source = 'source-line',
  summary = 'executive-summary',
  findings = 'findings',
  keep = 'keep',
  colophon = 'colophon',
}

-- The title is the attribute, else a heading that opens the callout, else the kind's name.
local function title_of(div, kind)
  local given = div.attributes.title
  if given then
    return pandoc.utils.blocks_to_inlines(pandoc.read(given, 'markdown').blocks)
  end
  local first = div.content[1]
  if first and first.t == 'Header' then
    div.content:remove(1)
    return first.content
  end
  return pandoc.Inlines { pandoc.Str(kinds[kind]) }
end

local function callout(div, kind)
  local title = title_of(div, kind)
  if typst then
    local blocks = pandoc.Blocks {
      pandoc.Plain(pandoc.Inlines { pandoc.RawInline('typst', '#callout(title: [') } .. title
        .. pandoc.Inlines { pandoc.RawInline('typst', '], body: [') }),
    }
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock('typst', '])'))
    return blocks
  end
  local body = pandoc.Blocks { pandoc.Div(pandoc.Para { pandoc.Strong(title) }, { class = 'note-title' }) }
  body:extend(div.content)
  local name = kind:gsub('callout%-', '')
  return pandoc.Div(body, pandoc.Attr(div.identifier, { 'note-box', 'note-' .. name }, { role = 'note' }))
end

local function part(div, call)
  local blocks = pandoc.Blocks { pandoc.RawBlock('typst', '#' .. call .. '[') }
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock('typst', ']'))
  return blocks
end

function Div(div)
  for _, class in ipairs(div.classes) do
    if kinds[class] then
      return callout(div, class)
    elseif typst and parts[class] then
      return part(div, parts[class])
    end
  end
end

function Span(span)
  if span.classes:includes('literal') then
    return span.content
  end
end

function Figure(figure)
  if not html then
    return nil
  end
  return figure:walk {
    Image = function(image)
      if image.src:match('%.svg$') then
        image.classes:insert('inline-svg')
        return image
      end
    end,
  }
end
