#include <riskshare/template/tracker_sheet.hpp>

#include <riskshare/template/layout.hpp>

#include "template/tracker_context.hpp"
#include "template/tracker_joining.hpp"
#include "template/tracker_table.hpp"
#include "template/words/months.hpp"
#include "template/words/units.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace riskshare::templates {

namespace {

namespace text = riskshare::detail;

struct candidate {
    grid sheet;
    detail::heading_block block;
    std::uint32_t previous_end = 0, top_end = 0, last_row = 0;
    bool hidden = false;
    bool only_table = true; ///< on its sheet
};

/// A tracker names its schemes in words: a table of counts under "Schemes" is a summary of one.
bool names_schemes(const candidate& c) {
    const tracker_column* columns[] = {c.block.column("reference"), c.block.column("name")};
    for (std::uint32_t r = c.block.last + 1; r <= std::min(c.last_row, c.block.last + 60); ++r) {
        if (columns[0] != nullptr && !c.sheet.blank(r, columns[0]->column) && columns[1] != nullptr) return true;
        for (const tracker_column* column : columns)
            if (column != nullptr && !c.sheet.blank(r, column->column) && !c.sheet.is_number(r, column->column) &&
                !parse_rating(c.sheet.text(r, column->column)) && !names_a_total(c.sheet.text(r, column->column)))
                return true;
    }
    return false;
}

/// A table whose rows are known bodies is one of their positions.
bool names_bodies(const candidate& c, const tracker_options& options) {
    const tracker_column* names = c.block.column("name");
    std::size_t texts = 0, bodies = 0;
    for (std::uint32_t r = c.block.last + 1; names != nullptr && r <= std::min(c.last_row, c.block.last + 60); ++r) {
        const std::string text = c.sheet.text(r, names->column);
        if (text.empty() || names_a_total(text)) continue;
        ++texts;
        if (const auto match = options.directory.recognise(text)) bodies += match->how != name_match::resembles;
    }
    return bodies > 1 && 2 * bodies > texts;
}

void take_tables(const workbook::book& book, const grid& g, const table_mapping* map, std::vector<candidate>& out) {
    const std::vector<detail::heading_block> blocks = detail::heading_blocks(g, book.dates_from_1904(), map);
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (blocks[i].beside && (map == nullptr || map->columns.empty())) {
            take_tables(book, g.between(1, *blocks[i].beside - 1), map, out);
            take_tables(book, g.between(*blocks[i].beside, g.columns()), map, out);
            return;
        }
        candidate c{g, blocks[i]};
        c.top_end = blocks.front().first;
        c.previous_end = i == 0 ? 0 : blocks[i - 1].last;
        c.last_row = i + 1 < blocks.size() ? blocks[i + 1].first - 1 : g.rows();
        c.only_table = blocks.size() == 1;
        c.hidden = book.shown(g.source().name()) != workbook::visibility::visible;
        if (names_schemes(c)) out.push_back(std::move(c));
    }
}

std::vector<candidate> candidate_tables(const workbook::book& book, const table_mapping* map) {
    std::vector<candidate> out;
    for (const std::string& name : book.sheet_names())
        if (map == nullptr || map->sheet.empty() || map->sheet == name)
            take_tables(book, grid(book.read(name), book.source().name()), map, out);
    return out;
}

/// Titles directly above the second and later tables stand below the schemes of the table before.
std::vector<std::string> titles_of(const candidate& c) {
    const std::uint32_t nearest = c.block.first > 4 ? c.block.first - 4 : 0;
    std::vector<std::string> titles;
    // A line alone in a row of the headings, left of the amounts, is a title that stands close above them.
    std::uint32_t first_amount = UINT32_MAX;
    for (const tracker_column& column : c.block.columns)
        if (detail::slot_of(column.id).what >= detail::slot::full_year_effect)
            first_amount = std::min(first_amount, column.column);
    for (std::uint32_t r = c.block.last; r-- > c.block.first;) {
        const workbook::cell* only = nullptr;
        std::size_t count = 0;
        for (const workbook::cell& cell : c.sheet.source().row(r))
            if (!c.sheet.blank(r, cell.at.column)) only = &cell, ++count;
        if (count == 1 && only->at.column < first_amount) titles.push_back(text::plain(only->text));
    }
    const std::vector<std::string> above = detail::titles_above(
        c.sheet, c.block.first, std::max(c.previous_end, c.previous_end == 0 ? 0 : nearest), c.top_end);
    titles.insert(titles.end(), above.begin(), above.end());
    return titles;
}

/// The column whose cells say of each row whether it is plan or actual.
std::optional<std::uint32_t> row_kind_column(const candidate& c) {
    for (std::uint32_t column = 1; column <= c.sheet.columns(); ++column) {
        bool plan = false, other = false, only = true;
        for (std::uint32_t r = c.block.last + 1; r <= std::min(c.last_row, c.block.last + 12); ++r) {
            const std::string cell = c.sheet.text(r, column);
            if (cell.empty() || names_a_total(cell)) continue;
            const std::optional<detail::amount_kind> kind = detail::kind_word(cell);
            if (!kind) {
                only = false;
                break;
            }
            (*kind == detail::amount_kind::plan ? plan : other) = true;
        }
        if (only && plan && other) return column;
    }
    return std::nullopt;
}

class tracker_reader {
public:
    tracker_reader(const workbook::book& book, const tracker_options& options) : book_(book), options_(options) {}

    tracker_reading read() {
        std::vector<candidate> found = candidate_tables(book_, options_.map.table("tracker"));
        if (options_.map.table("tracker") == nullptr)
            std::erase_if(found, [&](const candidate& c) { return names_bodies(c, options_); });
        const bool any_visible = std::any_of(found.begin(), found.end(), [](const candidate& c) { return !c.hidden; });
        // A table with months is a tracker; one without is a summary, unless there is nothing else.
        const bool any_months =
            std::any_of(found.begin(), found.end(), [](const candidate& c) { return c.block.has_months(); });
        out_.reported = options_.reported;
        keep_one_month(found);
        for (const candidate& c : found)
            if (!(c.hidden && any_visible) && (c.block.has_months() || !any_months))
                sheets_.insert(c.sheet.source().name());
        for (candidate& c : found) {
            if (any_months && !c.block.has_months()) continue;
            if (c.hidden && any_visible) {
                out_.findings.push_back(
                    {"tracker.hidden_sheet",
                     severity::note,
                     "a tracker on the hidden sheet \"" + c.sheet.source().name() + "\" was not read",
                     {c.sheet.place()},
                     "show the sheet, or name it in a mapping file"});
                continue;
            }
            read_table(c);
        }
        finish();
        return std::move(out_);
    }

private:
    /// Sheets named after months hold the same schemes as they stood then: the month asked for is read, or the last.
    void keep_one_month(std::vector<candidate>& found) {
        std::map<int, std::string> sheets;
        for (const candidate& c : found) {
            const std::optional<detail::line_meaning> m = detail::meaning_of(c.sheet.source().name());
            const bool whole = c.block.column("plan_m1") != nullptr || c.block.column("plan_year") != nullptr ||
                               c.block.column("plan_to_date") != nullptr;
            if (!m || !m->month || m->kind || c.hidden || !whole) return;
            sheets.emplace(m->month->month.number(), c.sheet.source().name());
        }
        if (sheets.size() < 2) return;
        const auto asked = options_.reported ? sheets.find(options_.reported->number()) : sheets.end();
        const std::string kept = asked != sheets.end() ? asked->second : sheets.rbegin()->second;
        std::erase_if(found, [&](const candidate& c) { return c.sheet.source().name() != kept; });
        for (const auto& [month, sheet] : sheets)
            if (sheet != kept) out_.other_months.push_back(sheet);
        out_.findings.push_back({"tracker.sheet_of_month",
                                 severity::note,
                                 std::to_string(sheets.size()) +
                                     " sheets are named after months and hold a tracker each; only \"" + kept +
                                     "\" was read",
                                 {found.front().sheet.place()},
                                 "choose another with --month, or name the sheet in a mapping"});
    }

    bool settle_units(candidate& c, const std::vector<std::string>& titles, unit& table_unit) {
        std::vector<unit> named;
        bool missing = false;
        for (tracker_column& column : c.block.columns) {
            if (detail::slot_of(column.id).what < detail::slot::full_year_effect) continue;
            if (!column.unit)
                missing = true;
            else if (std::find(named.begin(), named.end(), *column.unit) == named.end())
                named.push_back(*column.unit);
        }
        const std::vector<words::unit_said> lines =
            words::units_above(c.sheet, c.block.first - 1, 1, c.sheet.columns());
        if (missing && lines.size() > 1 && !options_.unit_if_none) {
            out_.findings.push_back(words::two_units("the tracker", lines));
            return false;
        }
        const std::vector<unit> above =
            lines.empty() ? detail::units_of_titles(titles) : std::vector<unit>{lines.front().unit};
        const std::optional<unit> of_sheet_name = one_unit(units_in(c.sheet.source().name()));
        if (missing && above.size() > 1 && !options_.unit_if_none)
            return refuse(c, "tracker.ambiguous_unit",
                          "the tracker could be in " + to_string(above[0]) + " or in " + to_string(above[1]) +
                              ": both are named above it");
        const std::optional<unit> settled = above.size() == 1   ? std::optional(above.front())
                                            : of_sheet_name     ? of_sheet_name
                                            : named.size() == 1 ? std::optional(named.front())
                                                                : options_.unit_if_none;
        if (missing && !settled)
            return refuse(c, "tracker.no_unit", "the tracker names no unit: is it in £, £000 or £m?");
        if (settled) table_unit = *settled;
        for (tracker_column& column : c.block.columns)
            if (detail::slot_of(column.id).what >= detail::slot::full_year_effect) {
                if (!column.unit) column.unit = table_unit;
                if (!settle_scale(c, column)) return false;
            }
        return true;
    }

    static std::optional<unit> one_unit(const std::vector<unit>& units) {
        return units.size() == 1 ? std::optional(units.front()) : std::nullopt;
    }

    /// A format that shows 4.7 for 4,744,000 under a heading £m: the cell holds pounds.
    bool settle_scale(const candidate& c, tracker_column& column) {
        for (std::uint32_t r = c.block.last + 1; r <= std::min(c.last_row, c.block.last + 5); ++r) {
            const workbook::cell* cell = c.sheet.cell(r, column.column);
            if (cell == nullptr || cell->kind != workbook::cell_kind::number) continue;
            const int scale = detail::display_scale(c.sheet.source().number_format(*cell));
            if (scale == 0) continue;
            if (scale != power_of_ten(*column.unit))
                return refuse(c, "tracker.scaled_display",
                              "\"" + column.heading + "\" is in " + to_string(*column.unit) +
                                  ", and its number format divides what it shows by 10^" + std::to_string(scale));
            column.scaled_by = scale;
            return true;
        }
        return true;
    }

    bool refuse(const candidate& c, const char* rule, std::string message) {
        out_.findings.push_back({rule,
                                 severity::error,
                                 std::move(message) + "; it was not read",
                                 {c.sheet.at(c.block.last, c.block.columns.front().column)},
                                 "write the unit above the table, or say it with --unit or in a mapping (--map)"});
        return false;
    }

    std::string organisation_of(const candidate& c, const std::vector<std::string>& titles) {
        for (const std::string& t : titles)
            if (const auto code = detail::organisation_in(t, options_.directory)) return *code;
        const std::string& sheet = c.sheet.source().name();
        if (const auto code = detail::organisation_in(sheet, options_.directory)) return *code;
        if (const auto m = options_.directory.recognise(sheet)) return m->code;
        // Among the cells of a sheet only a listed body counts: a scheme's "MRI" is none.
        const result<organisation_directory> listed = organisation_directory::of(options_.directory.all());
        std::optional<std::string> only;
        for (const std::string& name : book_.sheet_names()) {
            const grid g(book_.read(name), "");
            for (std::uint32_t r = 1; r <= std::min<std::uint32_t>(g.rows(), 12); ++r)
                for (const workbook::cell& cell : g.source().row(r))
                    if (cell.kind == workbook::cell_kind::text)
                        if (const auto code = listed ? listed->named_in(cell.text) : std::nullopt) {
                            if (only && *only != *code) return "";
                            only = code;
                        }
        }
        if (only) return *only;
        std::string file = book_.source().name();
        file = file.substr(file.find_last_of('/') + 1);
        return detail::organisation_in(file, options_.directory).value_or("");
    }

    /// One sheet a body or a division: its name says which, where nothing else does.
    void name_by_sheet(const candidate& c, detail::table_setting& setting) {
        std::string name = c.sheet.source().name();
        name = text::plain(name.substr(0, name.find("£")));
        if (sheets_.size() < 2 || name.empty() || detail::meaning_of(name)) return;
        if (!setting.organisation.empty()) {
            if (!detail::organisation_in(name, options_.directory) && !options_.directory.recognise(name))
                setting.division = name;
            return;
        }
        if (c.block.column("organisation") != nullptr) return;
        setting.organisation = name;
        if (!std::exchange(said_sheets_name_, true))
            out_.findings.push_back(
                {"tracker.organisation_of_sheet",
                 severity::note,
                 "no organisation is named that is known; the schemes of each sheet were put under "
                 "the sheet's name, such as \"" +
                     name + "\"",
                 {c.sheet.place()},
                 "name the organisations in a mapping: [organisations] \"" + name + "\" = \"CODE\""});
    }

    void read_table(candidate& c) {
        const std::vector<std::string> titles = titles_of(c);
        detail::table_setting setting;
        setting.from_1904 = book_.dates_from_1904();
        setting.last_row = c.last_row;
        if (!fills_) fills_.emplace(book_);
        setting.fills = &*fills_;
        if (!settle_unnamed(c, titles, setting)) return;
        const bool refused = has_errors(c.block.findings);
        std::move(c.block.findings.begin(), c.block.findings.end(), std::back_inserter(out_.findings));
        if (refused) return;
        if (!settle_units(c, titles, setting.table_unit)) return;
        setting.organisation = organisation_of(c, titles);
        name_by_sheet(c, setting);
        if (c.block.first_year) setting.year = financial_year{*c.block.first_year};
        say_two_months(c, titles);
        std::vector<std::string> sayings = titles;
        sayings.push_back(c.sheet.source().name());
        sayings.push_back(words::title_of_file(book_.source().name()));
        for (const std::string& t : sayings) {
            if (!setting.year) setting.year = words::year_of(t);
            if (const auto said = words::month_of(t); said && !out_.reported) out_.reported = said->label.month;
        }
        tracker_options options = options_;
        options.reported = out_.reported;
        detail::schemes_read read = detail::read_schemes(c.sheet, c.block, setting, options, out_.findings);
        if (!out_.reported && read.last_actual) out_.reported = read.last_actual;
        say_between_quarters(c);
        if (setting.year && !year_) year_ = setting.year;
        describe(c, read, setting);
        out_.tables.push_back(read.table);
        parts_.push_back(std::move(read));
    }

    /// A sheet that is named after one month, under a title that says another: one of them was left over.
    void say_two_months(const candidate& c, const std::vector<std::string>& titles) {
        if (options_.reported) return;
        const std::string& sheet = c.sheet.source().name();
        std::optional<month_label> of_sheet = words::month_alone(sheet);
        if (const auto said = words::month_of(sheet); said && !of_sheet) of_sheet = said->label;
        for (const std::string& title : titles) {
            const std::optional<words::month_said> said = words::month_of(title);
            if (!of_sheet || !said || said->label.month == of_sheet->month || title == sheet) continue;
            out_.findings.push_back({"tracker.two_months",
                                     severity::error,
                                     "the sheet \"" + sheet + "\" is named after " + to_string(of_sheet->month) +
                                         " and its title \"" + title + "\" says " + to_string(said->label.month),
                                     {c.sheet.place()},
                                     "correct the one that was left over from another month, or say the month with "
                                     "--month"});
            return;
        }
    }

    /// Quarters tell nothing of a month between their ends.
    void say_between_quarters(const candidate& c) {
        if (c.block.by_quarter.empty() || !out_.reported || out_.reported->number() % 3 == 0) return;
        out_.findings.push_back(
            {"tracker.by_quarter",
             severity::error,
             "the tracker gives its figures by quarter, and " + to_string(*out_.reported) + " is not the end of one",
             {c.sheet.at(c.block.last, c.block.columns.front().column)},
             "ask for the end of a quarter, such as --month " +
                 std::to_string(std::max(3, out_.reported->number() / 3 * 3))});
    }

    bool settle_unnamed(candidate& c, const std::vector<std::string>& titles, detail::table_setting& setting) {
        const bool unnamed =
            std::any_of(c.block.columns.begin(), c.block.columns.end(),
                        [](const tracker_column& column) { return column.id.rfind("unnamed_", 0) == 0; });
        if (!unnamed) return true;
        c.block.row_kind_column = row_kind_column(c);
        if (c.block.row_kind_column) {
            std::erase_if(c.block.columns,
                          [&](const tracker_column& column) { return column.column == *c.block.row_kind_column; });
            return true;
        }
        // The name of a sheet speaks for the only table on it; of several each has its own title.
        std::vector<std::string> names = titles;
        names.insert(c.only_table ? names.begin() : names.end(), c.sheet.source().name());
        for (const std::string& name : names) {
            std::string words = text::folded(name);
            const bool plan = words.find("plan") != std::string::npos || words.find("budget") != std::string::npos;
            const bool actual = words.find("actual") != std::string::npos || words.find("deliver") != std::string::npos;
            const bool forecast =
                words.find("forecast") != std::string::npos || words.find("outturn") != std::string::npos;
            if (plan && !actual && !forecast) setting.unnamed_kind = detail::amount_kind::plan;
            if (!plan && (actual || forecast)) setting.unnamed_kind = detail::amount_kind::actual;
            if (setting.unnamed_kind) return true;
        }
        out_.findings.push_back(
            {"tracker.block_unnamed",
             severity::error,
             "the months of the tracker are headed neither plan nor actual; it was not read",
             {c.sheet.at(c.block.last, c.block.columns.front().column)},
             "write Plan and Actual above the months, or place them in a mapping: columns = { plan_m1 = "
             "\"L\", … }"});
        return false;
    }

    void describe(const candidate& c, const detail::schemes_read& read, const detail::table_setting& setting) {
        std::string columns;
        for (const tracker_column& column : c.block.columns)
            columns += (columns.empty() ? "" : ", ") + column.id + " " + column_letters(column.column);
        out_.read_as.push_back(
            "tracker in " + to_string(c.sheet.place()) + ", headings in rows " + std::to_string(c.block.first) +
            " to " + std::to_string(c.block.last) + ", " + to_string(setting.table_unit) + ", " +
            (setting.organisation.empty() ? "no organisation of its own" : setting.organisation) + ": " + columns +
            "; " + std::to_string(read.table.schemes) + " schemes, " + std::to_string(read.table.totals) + " totals, " +
            std::to_string(read.table.hidden) + " hidden");
    }

    void finish() {
        out_.read = year_ ? tracker(*year_) : tracker();
        std::size_t count = 0;
        for (const detail::schemes_read& p : parts_) count += p.schemes.size();
        out_.read.reserve(count);
        detail::join(parts_, out_);
        if (!parts_.empty() && !out_.read.empty() &&
            std::none_of(parts_.begin(), parts_.end(), [](const detail::schemes_read& p) { return p.has_plan; }))
            out_.findings.push_back({"tracker.no_plan",
                                     severity::warning,
                                     "the tracker has actuals or a forecast and no plan",
                                     {provenance(book_.source().name(), parts_.front().table.sheet)},
                                     "see with --verbose which columns were read, and place the plan's in a mapping"});
    }

    const workbook::book& book_;
    const tracker_options& options_;
    tracker_reading out_;
    std::vector<detail::schemes_read> parts_;
    std::optional<financial_year> year_;
    std::set<std::string> sheets_; ///< that hold a tracker which is read
    bool said_sheets_name_ = false;
    std::optional<workbook::detail::cell_fills> fills_;
};

} // namespace

const tracker_column* tracker_table::column(const std::string& id) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const tracker_column& c) { return c.id == id; });
    return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> sheets_of(const tracker_reading& schemes) {
    std::vector<std::string> out = schemes.other_months;
    for (const tracker_table& t : schemes.tables) out.push_back(t.sheet);
    return out;
}

tracker_reading read_tracker(const workbook::book& book, const tracker_options& options) {
    tracker_options known = options;
    known.directory = options.directory.with_names(options.map.organisations);
    return tracker_reader(book, known).read();
}

mapping profile_of(const tracker_reading& reading, const mapping& used) {
    mapping out = used;
    if (reading.tables.empty()) return out;
    const tracker_table& first = reading.tables.front();
    table_mapping& t = out.tables["tracker"];
    if (reading.tables.size() == 1) t.sheet = first.sheet, t.heading_row = first.last_heading;
    for (const tracker_column& c : first.columns)
        if (c.id.rfind("unnamed_", 0) != 0) t.columns[c.id] = c.column;
    std::optional<unit> same;
    bool differ = false;
    for (const tracker_column& c : first.columns)
        if (c.unit && detail::slot_of(c.id).what >= detail::slot::full_year_effect) {
            differ |= same && *same != *c.unit;
            same = c.unit;
        }
    if (same && !differ) t.unit = same;
    return out;
}

} // namespace riskshare::templates
