#include "edits.hpp"
#include "tracker_input.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/report/tracker_report.hpp>

#include <filesystem>
#include <sstream>

namespace riskshare::tool {

namespace {

std::vector<scheme_field> fields_of(const std::string& by) {
    std::vector<scheme_field> out;
    std::istringstream words(by);
    for (std::string word; std::getline(words, word, ',');) {
        const result<scheme_field> f = parse_scheme_field(word);
        if (!f) throw input_refused(f.why().rule, "--by: " + f.why().message);
        out.push_back(*f);
    }
    return out;
}

money amount_of(const std::string& typed, const char* option) {
    const result<written_amount> w = read_written(typed);
    if (!w || w->kind != written_amount::what::amount || !w->in)
        throw input_refused("track.amount",
                            std::string(option) + " \"" + typed + "\" is no amount; write £26.644m or £1,200");
    return rounded(exact(w->value, *w->in), rounding::half_away_from_zero);
}

/// The fields of one line of CSV, quotes undone.
std::vector<std::string> csv_fields(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            out.back() += line[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else if (c != '\r')
            out.back() += c;
    }
    return out;
}

/// A CSV headed reference, amount and perhaps organisation; the amount's heading or --unit names its unit.
std::vector<templates::actual_amount> read_actuals(const std::string& bytes, const std::string& file,
                                                   const std::string& unit_option) {
    std::istringstream lines(bytes);
    std::string line;
    if (!std::getline(lines, line)) throw input_refused("fill.malformed", file + " is empty");
    if (line.rfind("\xEF\xBB\xBF", 0) == 0) line.erase(0, 3);
    std::size_t reference = SIZE_MAX, amount = SIZE_MAX, organisation = SIZE_MAX;
    std::optional<unit> in = unit_option.empty() ? std::nullopt : parse_unit(unit_option);
    const std::vector<std::string> headings = csv_fields(line);
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const std::string h = detail::folded(headings[i]);
        if (reference == SIZE_MAX && (h.find("ref") != std::string::npos || h.find("id") == 0)) {
            reference = i;
        } else if (h.find("org") == 0 || h.find("trust") == 0) {
            organisation = i;
        } else if (amount == SIZE_MAX &&
                   (h.find("actual") != std::string::npos || h.find("amount") != std::string::npos ||
                    h.find("delivered") != std::string::npos)) {
            amount = i;
            const std::vector<unit> units = units_in(h);
            if (units.size() == 1) in = units.front();
        }
    }
    if (reference == SIZE_MAX || amount == SIZE_MAX)
        throw input_refused("fill.malformed", file + " needs a heading line with a reference and an amount, such as "
                                                     "\"reference,amount £\"");
    if (!in) throw input_refused("fill.no_unit", file + " names no unit; head the amounts \"amount £\" or give --unit");
    std::vector<templates::actual_amount> out;
    for (std::size_t number = 2; std::getline(lines, line); ++number) {
        const std::vector<std::string> f = csv_fields(line);
        if (f.size() <= std::max(reference, amount)) continue;
        const result<written_amount> w = read_written(f[amount]);
        if (!w || (w->kind != written_amount::what::amount && w->kind != written_amount::what::blank))
            throw input_refused("fill.malformed",
                                file + " line " + std::to_string(number) + ": \"" + f[amount] + "\" is no amount");
        if (w->kind == written_amount::what::blank) continue;
        const exact value(w->value, w->in.value_or(*in));
        const money whole = rounded(value, rounding::half_away_from_zero);
        if (!(exact(whole) == value))
            throw input_refused("fill.below_a_penny", file + " line " + std::to_string(number) + ": \"" + f[amount] +
                                                          "\" is finer than a penny");
        out.push_back(
            {organisation < f.size() ? detail::plain(f[organisation]) : "", detail::plain(f[reference]), whole});
    }
    return out;
}

/// The month's actuals by reference: from a CSV, or from the schemes of a model or of another tracker.
std::vector<templates::actual_amount> actuals_from(const track_options& o, std::vector<finding>& findings,
                                                   console& to) {
    const std::string bytes = read_bytes(o.fill);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    const bool model = first != std::string::npos && bytes[first] == '{', zip = bytes.rfind("PK", 0) == 0;
    if (!model && !zip) return read_actuals(bytes, o.fill, o.unit);
    trackers_read from = read_trackers({o.fill}, o, o.month, to);
    std::move(from.findings.begin(), from.findings.end(), std::back_inserter(findings));
    return templates::actuals_of(from.read, month(o.month));
}

int fill(const track_options& o, templates::tracker_reading& read, console& to) {
    if (o.files.size() != 1) throw input_refused("fill.one_file", "--fill writes into one tracker at a time");
    if (o.month == 0) throw input_refused("fill.month", "--fill needs --month: which month's actuals are these?");
    if (o.output.empty() && !o.dry_run) throw input_refused("fill.output", "--fill needs -o OUT.xlsx, or --dry-run");
    std::vector<finding> findings;
    const std::vector<templates::actual_amount> actuals = actuals_from(o, findings, to);
    templates::actuals_fill filled = templates::fill_actuals(read, month(o.month), actuals);
    std::move(filled.findings.begin(), filled.findings.end(), std::back_inserter(findings));
    std::move(read.findings.begin(), read.findings.end(), std::back_inserter(findings));
    auto outcome = workbook::apply(open_workbook(o.files.front()), filled.edits);
    if (const auto* refusal = std::get_if<workbook::refused_edits>(&outcome)) {
        for (const failure& f : refusal->failures) findings.push_back(to_finding(f));
        print(to, findings);
        to.talk << "nothing was written\n";
        return found_errors;
    }
    const workbook::patched& done = std::get<workbook::patched>(outcome);
    if (!o.dry_run) done.result.save(o.output);
    if (o.json)
        to.out << edits_json(done.summary, findings);
    else
        tell_edits(to.out, done.summary, o.dry_run);
    print(to, findings);
    return status_of(findings);
}

} // namespace

int run_track(const track_options& o, console& to) {
    const std::vector<scheme_field> by = fields_of(o.by);
    trackers_read read = read_trackers(o.files, o, o.month, to);
    const templates::read_options known = reading(o);
    if (!o.save_map.empty() && !read.tables.empty())
        write_bytes(o.save_map, templates::to_toml(templates::profile_of(read, known.map)), to);
    if (!o.fill.empty()) return fill(o, read, to);

    report::tracker_view v;
    v.reported = o.month != 0 ? month(o.month) : read.reported.value_or(month(12));
    if (o.month == 0 && !read.reported && !read.read.empty())
        read.findings.push_back({"track.no_month",
                                 severity::note,
                                 "no month was given or found, so that \"to date\" is the whole year",
                                 {},
                                 "say which month was reported with --month"});
    const sourced_weights weights =
        known.map.weights ? sourced_weights{*known.map.weights, o.map} : weights_in_force(model{});
    v.weights = weights.weights;
    v.weights_source = weights.source;
    v.sums = rolled_up(read.read, v.reported, by);
    v.risk_left = at_risk(read.read, v.reported, v.weights, risk_basis::left_to_deliver);
    const result<ratio> share = parse_ratio(o.share);
    if (!share || *share < ratio(0) || ratio(1) < *share)
        throw input_refused("track.share", "--risk-share \"" + o.share + "\" is no part of a whole; write 80%");
    v.share = *share;
    v.largest = largest_risks(read.read, v.reported, v.weights,
                              o.risk_on == "left" ? risk_basis::left_to_deliver : risk_basis::plan, v.share);
    if (!o.target.empty()) v.target = amount_of(o.target, "--target");
    if (!o.since.empty()) {
        const trackers_read before = read_trackers({o.since}, o, o.since_month, to);
        v.since = std::filesystem::path(o.since).filename().string();
        v.bridge = movement(before.read, before.reported.value_or(v.reported), read.read, v.reported, v.weights);
        read.findings.insert(read.findings.end(), before.findings.begin(), before.findings.end());
    }
    if (!read.published.plans.empty() && !read.read.empty()) {
        v.proof = prove_ratings(read.read, read.published);
        read.findings.insert(read.findings.end(), v.proof->findings.begin(), v.proof->findings.end());
        if (v.proof->figures() == 0) v.proof.reset();
    }
    std::vector<finding> about = review(read.read, v.reported);
    std::move(about.begin(), about.end(), std::back_inserter(read.findings));
    sort_worst_first(read.findings);
    if (!o.csv.empty()) write_bytes(o.csv, report::tracker_csv(v), to);
    if (!o.schemes.empty()) write_bytes(o.schemes, report::schemes_csv(read.read, v.reported), to);
    if (o.json)
        to.out << report::tracker_json(read.read, v, read.findings);
    else if (o.csv != "-" && o.schemes != "-" && !read.read.empty())
        to.out << report::tracker_text(read.read, v, to.out_colour);
    print(to, read.findings);
    return status_of(read.findings);
}

} // namespace riskshare::tool
