// The pack as JSON, CSV, Markdown and text.
#include "report/pack/safe_text.hpp"

#include "detail/csv_field.hpp"
#include "detail/json.hpp"
#include "report/wrapping.hpp"

#include <riskshare/report/text_table.hpp>

namespace riskshare::report {

namespace {

const char* name_of(pack_quantity q) {
    return q == pack_quantity::money ? "money" : q == pack_quantity::share ? "share" : "number";
}
const char* name_of(pack_chart::shape s) {
    static constexpr const char* names[] = {"stacked", "bridge", "lines", "range", "pairs", "tornado"};
    return names[static_cast<std::size_t>(s)];
}

json::value figures_json(const pack& p) {
    json::value out = json::value::array();
    for (std::size_t i = 0; i < p.figures.size(); ++i) {
        const pack_figure& f = p.figures[i];
        json::value at = json::value::array(), from = json::value::array();
        for (const provenance& place : f.at)
            if (place.known()) at.push_back(json::of(place));
        for (figure_id id : f.from) from.push_back(id);
        out.push_back({{"id", i},
                       {"name", f.name},
                       {"amount", f.amount ? json::of(*f.amount) : json::value(nullptr)},
                       {"quantity", name_of(f.of)},
                       {"blank", f.blank},
                       {"read", f.read},
                       {"rule", f.rule},
                       {"formula", f.formula.empty() ? json::value(nullptr) : json::value(f.formula)},
                       {"from", std::move(from)},
                       {"at", std::move(at)}});
    }
    return out;
}

json::value cell_json(const pack_cell& c) {
    return c.figure ? json::value{{"figure", *c.figure}} : json::value(c.text);
}

json::value table_json(const pack_table& t) {
    json::value rows = json::value::array(), places = json::value::array();
    for (std::size_t i = 0; i < t.headings.size(); ++i) places.push_back(places_in(t, i));
    for (const pack_row& row : t.rows) {
        json::value cells = json::value::array();
        for (const pack_cell& c : row.cells) cells.push_back(cell_json(c));
        rows.push_back({{"total", row.total}, {"cells", std::move(cells)}});
    }
    return {{"caption", t.caption},   {"shown_in", to_string(t.unit)}, {"places", std::move(places)},
            {"headings", t.headings}, {"rows", std::move(rows)},       {"notes", t.notes}};
}

json::value chart_json(const pack_chart& c) {
    json::value series = json::value::array();
    for (const pack_series& s : c.series) {
        json::value ids = json::value::array();
        for (const auto& id : s.figures) ids.push_back(id ? json::value(*id) : json::value(nullptr));
        series.push_back({{"name", s.name}, {"figures", std::move(ids)}});
    }
    return {{"shape", name_of(c.as)}, {"title", c.title},           {"description", c.description},
            {"draws_table", c.table}, {"categories", c.categories}, {"series", std::move(series)}};
}

json::value section_json(const pack_section& s) {
    json::value tables = json::value::array(), charts = json::value::array();
    for (const pack_table& t : s.tables) tables.push_back(table_json(t));
    for (const pack_chart& c : s.charts) charts.push_back(chart_json(c));
    return {{"id", s.id},
            {"name", s.name},
            {"title", s.title},
            {"words", s.words},
            {"tables", std::move(tables)},
            {"charts", std::move(charts)}};
}

} // namespace

std::string pack_json(const pack& p) {
    json::value headline = json::value::array(), sections = json::value::array(), left_out = json::value::array(),
                findings = json::value::array();
    for (const pack_sentence& s : p.headline) {
        json::value ids = json::value::array();
        for (figure_id id : s.figures) ids.push_back(id);
        headline.push_back({{"topic", s.topic}, {"sentence", s.text}, {"figures", std::move(ids)}});
    }
    for (const pack_section& s : p.sections) sections.push_back(section_json(s));
    for (const left_out_section& l : p.left_out) left_out.push_back({{"section", l.name}, {"why", l.why}});
    for (const finding& f : p.findings) findings.push_back(json::of(f));
    return json::text({{"schema", "riskshare.pack/1"},
                       {"unit", "GBP"},
                       {"title", p.title},
                       {"year", p.year ? json::value(to_string(*p.year)) : json::value(nullptr)},
                       {"month", p.month ? json::value(p.month->number()) : json::value(nullptr)},
                       {"files", p.files},
                       {"headline", std::move(headline)},
                       {"sections", std::move(sections)},
                       {"left_out", std::move(left_out)},
                       {"figures", figures_json(p)},
                       {"findings", std::move(findings)}});
}

namespace {

std::string line_of(std::initializer_list<std::string> fields) {
    std::string out;
    for (const std::string& f : fields) out += (&f == fields.begin() ? "" : ",") + riskshare::detail::csv_field(f);
    return out + "\n";
}

std::string places_of(const pack_figure& f) {
    std::string out;
    for (const provenance& place : f.at)
        if (place.known()) out += (out.empty() ? "" : "; ") + to_string(place);
    return out;
}

} // namespace

std::string pack_csv(const pack& p) {
    std::string out = line_of(
        {"section", "table", "row", "column", "amount", "quantity", "state", "shown", "shown_in", "how", "read_from"});
    for (const pack_sentence& s : p.headline)
        out += line_of({"headline", harmless(s.topic), harmless(s.text), "", "", "", "text", "", "", "", ""});
    for (const pack_section& s : p.sections)
        for (const pack_table& t : s.tables)
            for (const pack_row& row : t.rows)
                for (std::size_t i = 1; i < row.cells.size(); ++i) {
                    const pack_cell& c = row.cells[i];
                    const std::string heading = i < t.headings.size() ? t.headings[i] : "";
                    if (!c.figure) {
                        if (!c.text.empty())
                            out += line_of({s.id, harmless(t.caption), harmless(row.cells[0].text), harmless(heading),
                                            "", "", "text", harmless(c.text), "", "", ""});
                        continue;
                    }
                    const pack_figure& f = p.figures[*c.figure];
                    const bool money = f.of == pack_quantity::money;
                    out += line_of({s.id, harmless(t.caption), harmless(row.cells[0].text), harmless(heading),
                                    f.amount ? to_string(*f.amount) : "", name_of(f.of),
                                    f.blank    ? "blank"
                                    : f.amount ? "known"
                                               : "unknown",
                                    shown(f, t.unit, places_in(t, i)), money ? to_string(t.unit) : "", harmless(f.rule),
                                    harmless(places_of(f))});
                }
    for (const left_out_section& l : p.left_out)
        out += line_of({"left out", l.name, harmless(l.why), "", "", "", "text", "", "", "", ""});
    for (const finding& f : p.findings) {
        pack_figure places;
        places.at = f.at;
        out += line_of({"findings", to_string(f.severity), harmless(f.message), f.rule, "", "", "text",
                        harmless(f.advice), "", "", harmless(places_of(places))});
    }
    return out;
}

namespace {

std::string heading_of(const pack_table& t, const pack& p, std::size_t column) {
    std::string h = t.headings[column];
    for (const pack_row& row : t.rows)
        if (column < row.cells.size() && row.cells[column].figure &&
            p.figures[*row.cells[column].figure].of == pack_quantity::money)
            return h + " " + to_string(t.unit);
    return h;
}

std::string cell_text(const pack_row& row, std::size_t column, const pack_table& t, const pack& p) {
    const pack_cell& c = row.cells[column];
    return c.figure ? shown(p.figures[*c.figure], t.unit, places_in(t, column)) : c.text;
}

std::string markdown_table(const pack_table& t, const pack& p) {
    std::string head = "|", rule = "|", rows;
    for (std::size_t i = 0; i < t.headings.size(); ++i) {
        head += " " + in_markdown(heading_of(t, p, i)) + " |";
        rule += i == 0 ? "---|" : "--:|";
    }
    for (const pack_row& row : t.rows) {
        rows += "|";
        for (std::size_t c = 0; c < row.cells.size(); ++c) {
            const std::string text = in_markdown(cell_text(row, c, t, p));
            rows += " " + (row.total && !text.empty() ? "**" + text + "**" : text) + " |";
        }
        rows += "\n";
    }
    std::string notes;
    for (const std::string& n : t.notes) notes += "\n" + in_markdown(n) + "\n";
    return "**" + in_markdown(t.caption) + "**\n\n" + head + "\n" + rule + "\n" + rows + notes + "\n";
}

} // namespace

std::string pack_markdown(const pack& p) {
    std::string out = "# " + in_markdown(p.title) + "\n\n## In five sentences\n\n";
    for (const pack_sentence& s : p.headline)
        out += "- **" + in_markdown(s.topic) + ".** " + in_markdown(s.text, 1'000) + "\n";
    for (const pack_section& s : p.sections) {
        out += "\n## " + in_markdown(s.name) + ": " + in_markdown(s.title) + "\n\n";
        for (const std::string& w : s.words) out += in_markdown(w) + "\n\n";
        for (const pack_table& t : s.tables) out += markdown_table(t, p);
    }
    out += "\n## Findings\n\n";
    if (p.findings.empty()) out += "Nothing was found that a reader should know.\n";
    for (const finding& f : p.findings) {
        pack_figure places;
        places.at = f.at;
        const std::string at = places_of(places);
        out += "- **" + std::string(to_string(f.severity)) + "**: " + in_markdown(f.message, 2'000) +
               (at.empty() ? "" : " (" + in_markdown(at, 400) + ")") +
               (f.advice.empty() ? "" : " — " + in_markdown(f.advice, 1'000)) + " [" + in_markdown(f.rule) + "]\n";
    }
    out += "\n## What this rests on\n\n";
    for (const std::string& f : p.files) out += "- " + in_markdown(f) + "\n";
    if (p.accounted) out += "\n" + in_markdown(one_line(*p.accounted)) + "\n";
    out += "\nLeft out:\n\n";
    for (const left_out_section& l : p.left_out) out += "- " + in_markdown(l.name) + ": " + in_markdown(l.why) + "\n";
    return out;
}

std::string pack_text(const pack& p, bool colour) {
    std::string out = toned(harmless_line(p.title), tone::heading, colour) + "\n\n";
    for (const pack_sentence& s : p.headline) out += wrapped(s.topic + ": " + harmless_line(s.text, 1'000), 0);
    for (const pack_section& s : p.sections) {
        out += "\n" + toned(s.name + ": " + harmless_line(s.title), tone::heading, colour) + "\n";
        for (const std::string& w : s.words) out += wrapped(harmless_line(w), 0);
        for (const pack_table& t : s.tables) {
            text_table table;
            table.column(t.caption, alignment::left);
            for (std::size_t i = 1; i < t.headings.size(); ++i) table.column(harmless_line(heading_of(t, p, i)));
            for (const pack_row& row : t.rows) {
                std::vector<text_cell> cells;
                for (std::size_t c = 0; c < row.cells.size(); ++c)
                    cells.emplace_back(harmless_line(cell_text(row, c, t, p)), row.total ? tone::strong : tone::plain);
                table.row(std::move(cells));
            }
            out += "\n" + table.render(colour);
            for (const std::string& n : t.notes) out += wrapped(harmless_line(n), 0);
        }
    }
    out += "\nLeft out\n";
    for (const left_out_section& l : p.left_out) out += wrapped(l.name + ": " + harmless_line(l.why), 0);
    return out;
}

} // namespace riskshare::report
