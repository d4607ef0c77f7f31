// Writes the lines of a sheet as the agreement file has them, and has that file's reader read them: one grammar.
#include "template/further_terms_sheet.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/agreement_document.hpp>

#include <algorithm>
#include <map>

namespace riskshare::templates {

namespace {

std::string in_quotes(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

/// "Fund: PSF: gates" as its three parts.
std::vector<std::string> parts_of(const std::string& label) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= label.size();) {
        const std::size_t end = std::min(label.find(':', from), label.size());
        out.push_back(riskshare::detail::plain(label.substr(from, end - from)));
        from = end + 1;
    }
    return out;
}

std::string without_unit(const std::string& text) {
    std::string out = text;
    for (const char* end : {", £000", ", £m", ", £", " £000", " £'000", " £m", " £", " (£000)", " (£m)", " (£)"}) {
        const std::string e = end;
        if (out.size() > e.size() && out.compare(out.size() - e.size(), e.size(), e) == 0)
            out.resize(out.size() - e.size());
    }
    return out;
}

std::string key_of(const std::string& words) {
    std::string key = riskshare::detail::folded(words);
    std::replace(key.begin(), key.end(), ' ', '_');
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

/// The text of the file, and from which row of the sheet each of its lines comes.
class transcript {
public:
    transcript(const grid& g, const organisation_heading& h, share_reader& reader)
        : grid_(g), heading_(h), reader_(reader) {}

    void take(std::uint32_t row);
    std::string text(const agreement_paper&);
    std::uint32_t row_of(std::size_t line) const { return line < rows_.size() ? rows_[line] : 0; }

private:
    struct entry {
        std::string text;
        std::uint32_t row;
    };
    struct section {
        std::vector<entry> lines, tiers, parts;
    };
    void side(const std::string& key, const std::vector<std::string>& words, std::uint32_t row);
    void named(const std::vector<std::string>& words, std::uint32_t row);
    void emit(const std::string& line, std::uint32_t row) {
        text_ += line + "\n";
        rows_.push_back(row);
    }
    std::string value(std::uint32_t row, std::uint32_t column, const std::string& label);
    std::string shares(std::uint32_t row);
    std::string gates(std::uint32_t row) const;
    void limits(section&, const std::string& key, std::uint32_t row, const std::string& label);
    void by_party(section&, const std::string& before, std::uint32_t row, const std::string& label);

    const grid& grid_;
    const organisation_heading& heading_;
    share_reader& reader_;
    std::map<std::string, section> sides_;
    std::vector<std::pair<std::string, section>> named_; ///< "fund\nPSF", in the order of the sheet
    std::string text_;
    std::vector<entry> reserve_;
    std::vector<std::uint32_t> rows_;
};

/// A cell as the file has it: an amount in the unit of its label, a percentage, or words.
std::string transcript::value(std::uint32_t row, std::uint32_t column, const std::string& label) {
    const std::string text = grid_.text(row, column), folded = riskshare::detail::folded(text);
    if (folded == "yes" || folded == "true") return "true";
    if (folded == "no" || folded == "false") return "false";
    const result<written_amount> written = read_written(text);
    const bool part = written && written->kind == written_amount::what::percentage;
    if (!grid_.is_number(row, column) && (part || !written || written->kind == written_amount::what::text))
        return in_quotes(text);
    const std::optional<unit> in = reader_.unit_of(heading_, label, grid_.at(row, 1));
    const std::optional<stated_money> m = in ? reader_.amount(grid_, row, column, *in) : std::nullopt;
    return m ? in_quotes("£" + to_string(m->value)) : in_quotes(text);
}

/// Shares by party: a number up to one is a fraction, as a percentage's cell holds it.
std::string transcript::shares(std::uint32_t row) {
    std::string out;
    for (const organisation_column& c : heading_.organisations) {
        if (c.is_total || grid_.blank(row, c.column)) continue;
        const std::string text = grid_.text(row, c.column);
        if (riskshare::detail::folded(text) == "where it arose") return in_quotes("where it arose");
        out += (out.empty() ? "" : ", ") + in_quotes(c.code) + " = " + in_quotes(text);
    }
    return "{ " + out + " }";
}

/// "own; A&E four hours at least 95%".
std::string transcript::gates(std::uint32_t row) const {
    std::string out;
    for (const std::string& gate : [&] {
             std::vector<std::string> all{""};
             for (const char c : grid_.text(row, 2))
                 if (c == ';')
                     all.emplace_back();
                 else
                     all.back() += c;
             return all;
         }()) {
        std::string one = riskshare::detail::plain(gate);
        for (const char* word : {" at least ", " at most "})
            if (const std::size_t at = one.find(word); at != std::string::npos)
                one = "{ measure = " + in_quotes(one.substr(0, at)) + ", " + key_of(riskshare::detail::plain(word)) +
                      " = " + in_quotes(riskshare::detail::plain(one.substr(at + std::string(word).size()))) + " }";
        out += (out.empty() ? "" : ", ") + (one.rfind("{ ", 0) == 0 ? one : in_quotes(one));
    }
    return "[" + out + "]";
}

void transcript::limits(section& s, const std::string& key, std::uint32_t row, const std::string& label) {
    for (const organisation_column& c : heading_.organisations)
        if (!c.is_total && !grid_.blank(row, c.column))
            s.lines.push_back({"limits." + in_quotes(c.code) + "." + key + " = " + value(row, c.column, label), row});
}

void transcript::by_party(section& s, const std::string& before, std::uint32_t row, const std::string& label) {
    for (const organisation_column& c : heading_.organisations)
        if (!grid_.blank(row, c.column))
            s.lines.push_back({(c.is_total ? std::string("amount") : before + in_quotes(c.code)) + " = " +
                                   value(row, c.column, label),
                               row});
}

void transcript::side(const std::string& key, const std::vector<std::string>& words, std::uint32_t row) {
    section& s = sides_[key];
    const std::string label = grid_.text(row, 1), term = without_unit(words[1]),
                      folded = riskshare::detail::folded(term);
    if (folded.rfind("tier", 0) == 0) {
        std::string edges;
        const std::string rest = riskshare::detail::plain(term.substr(4));
        if (const std::size_t at = rest.find("up to "); at != std::string::npos)
            edges = "up_to = " + in_quotes(riskshare::detail::plain(rest.substr(at + 6))) + ", ";
        s.tiers.push_back({"{ " + edges + "shares = " + shares(row) + " }", row});
    } else if (folded == "shares") {
        s.lines.push_back({"shares = " + shares(row), row});
    } else if (folded == "limit at most" || folded == "limit at least") {
        limits(s, folded.substr(6) == "at most" ? "at_most" : "at_least", row, label);
    } else if (folded.rfind("score", 0) == 0) {
        const std::string of = folded == "score" ? "measure" : key_of(folded.substr(6));
        s.lines.push_back({"score." + of + " = " + in_quotes(grid_.text(row, 2)), row});
    } else {
        const std::string k = key_of(folded);
        s.lines.push_back({k + " = " + (k == "counts" ? in_quotes(grid_.text(row, 2)) : value(row, 2, label)), row});
    }
}

void transcript::named(const std::vector<std::string>& words, std::uint32_t row) {
    const std::string kind = riskshare::detail::folded(words[0]), label = grid_.text(row, 1);
    const std::string name = words.size() > 2 ? words[1] : without_unit(words[1]);
    const std::string key = kind + "\n" + name;
    auto found = std::find_if(named_.begin(), named_.end(), [&](const auto& n) { return n.first == key; });
    if (found == named_.end()) found = named_.insert(named_.end(), {key, {}});
    section& s = found->second;
    if (s.lines.empty()) s.lines.push_back({"name = " + in_quotes(name), row});
    const std::string term = words.size() > 2 ? without_unit(words[2]) : "", folded = riskshare::detail::folded(term);
    if (kind == "pool" && term.empty()) {
        s.lines.push_back({"pool = true", row});
        s.lines.push_back({"shares = " + shares(row), row});
    } else if (term.empty()) {
        by_party(s, "", row, label);
    } else if (folded == "limit at most" || folded == "limit at least") {
        limits(s, folded.substr(6) == "at most" ? "at_most" : "at_least", row, label);
    } else if (folded == "phasing") {
        std::string all;
        for (std::uint32_t c = 2; c <= 5; ++c) all += (c == 2 ? "" : ", ") + in_quotes(grid_.text(row, c));
        s.lines.push_back({"phasing = [" + all + "]", row});
    } else if (folded == "gates") {
        s.lines.push_back({"gates = " + gates(row), row});
    } else if (const std::size_t percent = term.find('%'); kind == "fund" && percent != std::string::npos) {
        s.parts.push_back({"{ part = " + in_quotes(term.substr(0, percent + 1)) +
                               ", name = " + in_quotes(riskshare::detail::plain(term.substr(percent + 1))) +
                               ", gates = " + gates(row) + " }",
                           row});
    } else if (folded == "balanced years") {
        for (const organisation_column& c : heading_.organisations)
            if (!c.is_total && !grid_.blank(row, c.column))
                s.lines.push_back({"balanced_years." + in_quotes(c.code) + " = " + grid_.text(row, c.column), row});
    } else if (folded == "written off after") {
        s.lines.push_back({"written_off_after = " + grid_.text(row, 2), row});
    } else {
        const std::string k = key_of(folded);
        const bool number = k == "quantity" || k == "rate" || k == "factor";
        s.lines.push_back({k + " = " + (number ? in_quotes(grid_.text(row, 2)) : value(row, 2, label)), row});
    }
}

void transcript::take(std::uint32_t row) {
    const std::vector<std::string> words = parts_of(grid_.text(row, 1));
    const std::string first = riskshare::detail::folded(words.front());
    if (first == "gains" || first == "deficits")
        side(first, words, row);
    else if (first == "reserve" || first == "reserve meets") {
        const std::string key = key_of(first == "reserve" ? riskshare::detail::folded(words.back()) : "meets");
        const std::string text = grid_.text(row, 2);
        reserve_.push_back({key + " = " + in_quotes(key == "meets" ? key_of(text) : text), row});
    } else
        named(words, row);
}

std::string transcript::text(const agreement_paper& paper) {
    emit("name = \"sheet\"", 0);
    emit("year = " + in_quotes(to_string(paper.year)), 0);
    std::string parties;
    for (const party& p : paper.parties) parties += (parties.empty() ? "" : ", ") + in_quotes(p.code);
    emit("parties = [" + parties + "]", 0);
    emit("[timetable]", 0);
    emit("sharing_starts = 1", 0);
    const auto list = [&](const std::string& key, const std::vector<entry>& items) {
        if (items.empty()) return;
        emit(key + " = [", items.front().row);
        for (const entry& e : items) emit(e.text + ",", e.row);
        emit("]", items.back().row);
    };
    for (const auto& [key, s] : sides_) {
        emit("[" + key + "]", s.lines.empty() ? s.tiers.front().row : s.lines.front().row);
        for (const entry& e : s.lines) emit(e.text, e.row);
        list("tier", s.tiers);
    }
    for (const auto& [key, s] : named_) {
        const std::string kind = key.substr(0, key.find('\n'));
        emit("[[" +
                 std::string(kind == "pool"      ? "scheme"
                             : kind == "balance" ? "carry_forward"
                                                 : kind) +
                 "]]",
             s.lines.front().row);
        for (const entry& e : s.lines) emit(e.text, e.row);
        list("part", s.parts);
    }
    if (!reserve_.empty()) {
        emit("[reserve]", reserve_.front().row);
        for (const entry& e : reserve_) emit(e.text, e.row);
    }
    return text_;
}

} // namespace

bool is_further_term(const std::string& label) {
    const std::string l = riskshare::detail::folded(label);
    for (const char* start :
         {"gains:", "deficits:", "amount:", "pool:", "fund:", "balance:", "reserve:", "reserve meets"})
        if (l.rfind(start, 0) == 0) return true;
    return false;
}

void read_further_terms(const grid& g, const organisation_heading& heading, const std::vector<std::uint32_t>& rows,
                        share_reader& reader, agreement_paper& paper, std::vector<finding>& findings) {
    if (rows.empty()) return;
    transcript written(g, heading, reader);
    for (const std::uint32_t row : rows) written.take(row);
    const std::string text = written.text(paper);
    const auto at_sheet = [&](provenance& p) {
        const std::string& line = p.sheet();
        if (line.rfind("line ", 0) != 0) return;
        const std::uint32_t row = written.row_of(static_cast<std::size_t>(std::stoul(line.substr(5)) - 1));
        p = row == 0 ? g.place() : g.at(row, 1);
    };
    try {
        outcome<agreement_paper> read = read_agreement_paper(text, "sheet");
        for (finding f : read.findings()) {
            for (provenance& p : f.at) at_sheet(p);
            findings.push_back(std::move(f));
        }
        if (!read) return;
        terms_of_sharing from = std::move(read).value().terms;
        terms_of_sharing& to = paper.terms;
        for (std::optional<division_terms>* side : {&from.gain_terms, &from.deficit_terms}) {
            if (!*side) continue;
            at_sheet((*side)->at);
            if ((*side)->shares) at_sheet((*side)->shares->at);
            if ((*side)->tiers)
                for (tier_terms& t : *(*side)->tiers) at_sheet(t.shares.at);
            if ((*side)->score) at_sheet((*side)->score->at);
            if ((*side)->bounds)
                for (bound_terms& b : *(*side)->bounds) at_sheet(b.at);
        }
        for (named_amount& a : from.amounts) at_sheet(a.at);
        for (shared_scheme& s : from.schemes) at_sheet(s.at);
        for (fund_terms& f : from.funds) at_sheet(f.at);
        for (carry_forward_terms& c : from.carried) at_sheet(c.at);
        if (from.gain_terms) {
            to.gain_terms = from.gain_terms;
            to.gains = from.gains;
        }
        if (from.deficit_terms) {
            to.deficit_terms = from.deficit_terms;
            to.deficits = from.deficits;
        }
        to.amounts = from.amounts;
        to.reserve = from.reserve;
        to.reserve_clause = from.reserve_clause;
        to.funds = from.funds;
        to.carried = from.carried;
        to.schemes.insert(to.schemes.end(), from.schemes.begin(), from.schemes.end());
    } catch (const input_refused& e) {
        reader.error("agreement.key", "the further terms cannot be read: " + std::string(e.what()), g.place(),
                     "see \"riskshare agreement --help\" for how they are written");
    }
}

} // namespace riskshare::templates
