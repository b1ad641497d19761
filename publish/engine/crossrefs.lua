-- Numbers, references, figures, tables and conditional content, as Quarto 1.10 gives them; for Word as plain text. Only the embedded engine runs this.

local html = FORMAT:match('html') ~= nil
local docx = FORMAT == 'docx'
local format = html and 'html' or 'typst'
local nbsp = '\u{a0}'
-- Quarto ends a caption's id with this, and the page's style and script may rely on it.
local caption_suffix = '-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca'

local names = { fig = 'Figure', tbl = 'Table', sec = 'Section' }
local caption_at = { fig = 'bottom', tbl = 'top' }
local numbers = {}

local function kind_of(identifier)
  return identifier:match('^(%a+)%-')
end

-- Content for one format only -----------------------------------------------------------------------------------------

local function is_visible(element)
  local when, unless = element.attributes['when-format'], element.attributes['unless-format']
  local match = (when == nil or when == format) and (unless == nil or unless ~= format)
  return match == element.classes:includes('content-visible')
end

local function conditional(element)
  if not (element.classes:includes('content-visible') or element.classes:includes('content-hidden')) then
    return nil
  end
  return is_visible(element) and element.content or {}
end

local function conditional_code(block)
  if not (block.classes:includes('content-visible') or block.classes:includes('content-hidden')) then
    return nil
  end
  if not is_visible(block) then
    return {}
  end
  block.classes = block.classes:filter(function(class) return not class:match('^content%-') end)
  block.attributes['when-format'], block.attributes['unless-format'] = nil, nil
  return block
end

-- Numbers ---------------------------------------------------------------------------------------------------------------

local sections_numbered = false
local section_counts, top_level = {}, (html or docx) and 2 or 1
local float_counts = { fig = 0, tbl = 0 }

local function read_settings(meta)
  sections_numbered = meta['number-sections']
end

local function number_section(header)
  if not sections_numbered or header.classes:includes('unnumbered') then
    return nil
  end
  local counts = section_counts
  counts[header.level] = (counts[header.level] or 0) + 1
  for deeper = header.level + 1, 6 do
    counts[deeper] = nil
  end
  local parts = {}
  for level = top_level, header.level do
    table.insert(parts, tostring(counts[level] or 0))
  end
  local number = table.concat(parts, '.')
  numbers[header.identifier] = number
  if docx then
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, pandoc.Str(number))
  elseif html then
    header.attributes.number = number
    header.content:insert(1, pandoc.Space())
    header.content:insert(1, pandoc.Span(number, { class = 'header-section-number' }))
  end
  return header
end

local function number_float(float)
  local kind = kind_of(float.identifier)
  if float_counts[kind] then
    float_counts[kind] = float_counts[kind] + 1
    numbers[float.identifier] = tostring(float_counts[kind])
  end
end

-- References ------------------------------------------------------------------------------------------------------------

local function reference(citation)
  local label = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local kind = kind_of(label)
  if not (kind and names[kind]) then
    return nil
  end
  local prefix = pandoc.Inlines {}
  if #citation.prefix > 0 then
    prefix = citation.prefix
  elseif citation.mode ~= 'SuppressAuthor' then
    prefix = pandoc.Inlines { pandoc.Str(names[kind]) }
  end
  if html or docx then
    if #prefix > 0 then
      prefix:insert(pandoc.Str(nbsp))
    end
    prefix:insert(pandoc.Str(numbers[label] or '?'))
    return pandoc.Inlines { pandoc.Link(prefix, '#' .. label, '', { class = 'quarto-xref' }) }
  end
  prefix:insert(1, pandoc.RawInline('typst', '#ref(<' .. label .. '>, supplement: ['))
  prefix:insert(pandoc.RawInline('typst', '])'))
  return prefix
end

local function references(cite)
  local result = pandoc.Inlines {}
  for position, citation in ipairs(cite.citations) do
    local one = reference(citation)
    if not one then
      return nil
    end
    if position > 1 then
      result:extend { pandoc.Str(','), pandoc.Space() }
    end
    result:extend(one)
  end
  return result
end

-- Figures and tables ------------------------------------------------------------------------------------------------------

local function caption_of(float)
  return pandoc.utils.blocks_to_inlines(float.caption.long)
end

local function html_float(identifier, kind, caption, content)
  local where, id = caption_at[kind], identifier .. caption_suffix
  local title = pandoc.Inlines { pandoc.Str(names[kind] .. nbsp .. numbers[identifier] .. ':'), pandoc.Space() }
  title:insert(1, pandoc.RawInline('html', ('<figcaption class="quarto-float-caption-%s quarto-float-caption quarto-float-%s" id="%s">')
    :format(where, kind, id)))
  title:extend(caption)
  title:insert(pandoc.RawInline('html', '</figcaption>'))
  local body = pandoc.Blocks { pandoc.Div(content, pandoc.Attr('', {}, { ['aria-describedby'] = id })) }
  body:insert(where == 'top' and 1 or 2, pandoc.Plain(title))
  body:insert(1, pandoc.RawBlock('html', '<figure class="quarto-float quarto-float-' .. kind .. '">'))
  body:insert(pandoc.RawBlock('html', '</figure>'))
  return pandoc.Div(body, pandoc.Attr(identifier, { 'quarto-float', 'quarto-figure', 'quarto-figure-center' }))
end

local function typst_float(identifier, kind, caption, content)
  local function raw(text)
    return pandoc.Plain { pandoc.RawInline('typst', text) }
  end
  local blocks = pandoc.Blocks { raw '#figure([' }
  blocks:extend(content)
  blocks:extend {
    raw '], caption: figure.caption(',
    raw('position: ' .. caption_at[kind] .. ', '),
    raw '[',
    pandoc.Plain(caption),
    raw ']), ',
    raw('kind: "quarto-float-' .. kind .. '", '),
    raw('supplement: "' .. names[kind] .. '", '),
    raw ')',
    raw('<' .. identifier .. '>'),
    raw '\n\n',
  }
  return blocks
end

-- Word's caption is the figure's or table's own; the name goes before its words.
local function titled(identifier, kind, caption)
  local title = pandoc.Inlines { pandoc.Str(names[kind] .. nbsp .. numbers[identifier] .. ':'), pandoc.Space() }
  title:extend(caption)
  return { long = { pandoc.Plain(title) } }
end

local float = html and html_float or typst_float

local function figure_float(figure)
  if not numbers[figure.identifier] then
    return nil
  end
  if docx then
    figure.caption = titled(figure.identifier, 'fig', caption_of(figure))
    return figure
  end
  local content = figure.content:walk { Image = function(image)
    image.caption = pandoc.Inlines {}
    return image
  end }
  return float(figure.identifier, 'fig', caption_of(figure), content)
end

local function striped(rows, odd)
  for position, row in ipairs(rows) do
    row.classes:insert(position % 2 == 0 and 'even' or odd)
  end
end

-- Widths in per cent, as `tbl-colwidths="[30,70]"` gives them; scaled where they come to more than a hundred.
local function set_widths(tbl)
  local widths, total = {}, 0
  for width in (tbl.attributes['tbl-colwidths'] or ''):gmatch('[%d.]+') do
    table.insert(widths, tonumber(width))
    total = total + tonumber(width)
  end
  tbl.attributes['tbl-colwidths'] = nil
  if #widths == 0 then
    return
  end
  local whole, specs = math.max(total, 100), tbl.colspecs
  for column, spec in ipairs(specs) do
    specs[column] = { spec[1], math.floor((widths[column] or widths[#widths]) / whole * 100 + 0.5) / 100 }
  end
  tbl.colspecs = specs
end

local function table_float(tbl)
  local identifier, caption = tbl.identifier, caption_of(tbl)
  set_widths(tbl)
  if html then
    striped(tbl.head.rows, 'header')
    for _, body in ipairs(tbl.bodies) do
      striped(body.body, 'odd')
    end
    striped(tbl.foot.rows, 'odd')
    tbl.classes:insert('caption-top')
  elseif docx and numbers[identifier] then
    tbl.identifier, tbl.caption = '', titled(identifier, 'tbl', caption)
    return pandoc.Div(tbl, pandoc.Attr(identifier))
  else
    tbl.classes:insert('typst:no-figure')
  end
  if not numbers[identifier] then
    return tbl
  end
  tbl.identifier = ''
  tbl.caption = pandoc.Caption()
  return float(identifier, 'tbl', caption, pandoc.Blocks { tbl })
end

-- Alt text: pandoc's Typst writer drops it in a figure, and PDF/UA-1 then refuses the document.
local function image_alt(image)
  local alt = image.attributes['fig-alt'] or image.attributes.alt
  image.attributes['fig-alt'] = nil
  if html then
    image.attributes.alt = alt
    return image
  elseif docx then
    image.caption = pandoc.Inlines { pandoc.Str(alt or '') }
    return image
  end
  alt = alt or pandoc.utils.stringify(image.caption)
  if alt == '' then
    return image
  end
  local quoted = alt:gsub('\\', '\\\\'):gsub('"', '\\"')
  local arguments = { '"' .. image.src .. '"', 'alt: "' .. quoted .. '"' }
  for _, side in ipairs { 'height', 'width' } do
    if image.attributes[side] then
      table.insert(arguments, side .. ': ' .. image.attributes[side])
    end
  end
  return pandoc.RawInline('typst', '#box(image(' .. table.concat(arguments, ', ') .. '))')
end

-- Each of these goes over the document once, in this order.
return {
  { Meta = read_settings, Div = conditional, Span = conditional, CodeBlock = conditional_code },
  { traverse = 'topdown', Header = number_section, Figure = number_float, Table = number_float },
  { Cite = references, Figure = figure_float, Table = table_float }, -- references first: a caption may hold some
  { Image = image_alt },
}
