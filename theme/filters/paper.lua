-- What the theme adds to both engines; Quarto runs it first (`at: pre-ast`), and so does the embedded engine.
--   callouts    become one plain box in the page and #callout in the PDF;
--   .source, .summary, .findings, .keep, .together, .colophon, .front, .how, .voices, .voice   call the function of
--               that name in typst-parts.typ;
--   .literal    is its words: the reason for a typed number is for the reader of the source;
--   .colophon, .address   where they are empty take the text that the build wrote: Quarto reads includes before
--               anything has run;
--   tables      whose first cell is empty in a row go on with the group above: its name stands again on a new page;
--   values      keep their names in the page, which says where each comes from: Quarto's shortcode is put into a span as
--               publish/engine/pandoc.py makes it, and is resolved inside; the PDF has the words alone;
--   comments    are for the authors: none is printed;
--   @sec-a [@key]   is a reference and a citation, of which Quarto would drop the second;
--   the date    also goes into the PDF's own data, so that no clock is read;
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
  together = 'together',
  colophon = 'colophon',
  front = 'front',
  how = 'how',
  voices = 'voices',
  voice = 'voice',
  address = 'address',
  matrix = 'matrix',
}

-- A shortcode of Quarto's as its reader makes it of text; in an attribute it stands as it is written.
local PART = '[]{.quarto-shortcode__-param data-is-shortcode=1 data-value="%%%d"}'
local AS_READ = '[' .. PART:format(1) .. PART:format(2) .. ']{.quarto-shortcode__ data-is-shortcode=1}'

-- The title is the attribute, else a heading that opens the callout, else the kind's name.
local function title_of(div, kind)
  local given = div.attributes.title
  if given and given ~= '' then
    given = given:gsub('{{<%s*(%a+)%s+(%S+)%s*>}}', AS_READ)
    return pandoc.read('# ' .. given, 'markdown-header_attributes').blocks[1].content -- no list, whatever it begins with
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

local function written(file)
  local found = io.open(file)
  if not found then
    error(file .. ' is not there: run `paper build --figures-only` first.')
  end
  local text = found:read('a')
  found:close()
  return pandoc.read(text, 'markdown').blocks
end

function Div(div)
  for _, name in ipairs { 'colophon', 'address' } do
    if div.classes:includes(name) and #div.content == 0 then
      div.content = written('.cache/' .. name .. '.md')
      return typst and part(div, parts[name]) or div
    end
  end
  for _, class in ipairs(div.classes) do
    if kinds[class] then
      return callout(div, class)
    elseif typst and parts[class] then
      return part(div, parts[class])
    end
  end
end

-- Each row of a table with groups gets its group's name; #group-row prints it where the group or a page begins.
function Table(tbl)
  local rows = pandoc.List {}
  for _, body in ipairs(tbl.bodies) do
    rows:extend(body.body)
  end
  local function is_open(row)
    return pandoc.utils.stringify(row.cells[1].contents) ~= ''
  end
  if not typst or not rows[1] or not is_open(rows[1]) or not rows:find_if(function(row) return not is_open(row) end) then
    return nil
  end
  local name
  for _, row in ipairs(rows) do
    local opens = is_open(row)
    name = opens and pandoc.utils.blocks_to_inlines(row.cells[1].contents) or name
    local call = pandoc.Inlines { pandoc.RawInline('typst', '#group-row(' .. tostring(opens) .. ')[') }
    row.cells[1].contents = { pandoc.Plain(call .. name .. pandoc.Inlines { pandoc.RawInline('typst', ']') }) }
  end
  return tbl
end

local function without_comments(raw)
  if raw.format:match('^html') then
    raw.text = raw.text:gsub('<!%-%-.-%-%->', '')
    return raw.text:match('%S') and raw or {}
  end
end

RawBlock, RawInline = without_comments, without_comments

local function is_reference(citation)
  local kind = citation.id:lower():match('^(%a+)%-')
  return kind == 'fig' or kind == 'tbl' or kind == 'sec'
end

function Cite(cite)
  local first, second = cite.citations[1], cite.citations[2]
  if second and first.mode == 'AuthorInText' and is_reference(first) ~= is_reference(second) then
    local rest = pandoc.List { table.unpack(cite.citations, 2) }
    return { pandoc.Cite('@' .. first.id, { first }), pandoc.Space(), pandoc.Cite('[@' .. second.id .. ']', rest) }
  end
end

-- A keyword stands between quotation marks of Typst's: its words alone.
local function keyword(words)
  local text = pandoc.utils.stringify(words):gsub('[\\"]', '\\%0')
  return pandoc.RawInline('typst', text)
end

function Meta(meta)
  meta['date-meta'] = meta.date and pandoc.utils.normalize_date(pandoc.utils.stringify(meta.date))
  if typst and meta.keywords then
    local list = pandoc.utils.type(meta.keywords) == 'List'
    meta.keywords = pandoc.List(list and meta.keywords or { meta.keywords }):map(keyword)
  end
  return meta
end

local function value(shortcode)
  local kind, name = table.unpack(shortcode.content:filter(function(part) return part.t == 'Span' end))
  if html and kind.attributes['data-value'] == 'var' then
    return pandoc.Span({ shortcode }, pandoc.Attr('', { 'value' }, { ['data-name'] = name.attributes['data-value'] }))
  end
  return pandoc.Span { shortcode } -- of one that stands alone in a cell Quarto would make a paragraph
end

function Span(span)
  if span.classes:includes('quarto-shortcode__') then
    return value(span)
  elseif span.classes:includes('literal') or not html and span.classes:includes('value') then
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
