#include "tracker_input.hpp"

#include "report/tracker_forecast.hpp"
#include "template/savings_scales.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/report/tracker_report.hpp>

#include <sstream>

namespace riskshare::answers {

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
                            std::string(option) + " \"" + typed + "\" is not an amount; write £26.644m or £1,200");
    return rounded(exact(w->value, *w->in), rounding::half_away_from_zero);
}

/// Filling is exporting the actuals into the tracker.
int fill(const track_options& o, console& to) {
    if (o.files.size() != 1) throw input_refused("fill.one_file", "--fill writes into one tracker at a time");
    export_options as;
    static_cast<input_options&>(as) = o;
    as.files = {o.fill, o.files.front()};
    as.month = o.month;
    as.output = o.output;
    as.dry_run = o.dry_run;
    as.unlock = o.unlock;
    return run_export(as, to);
}

} // namespace

int run_track(const track_options& o, console& to) {
    if (!o.fill.empty()) return fill(o, to);
    std::vector<scheme_field> by = fields_of(o.by);
    trackers_read read = read_trackers(o.files, o, o.month, to);
    const bool by_status = templates::detail::savings_by_stage(read.read).has_value();
    if (by_status && by == std::vector{scheme_field::rating}) by = {scheme_field::stage};
    const templates::read_options known = reading(o, to);
    if (!o.save_map.empty() && !read.tables.empty())
        to.make(o.save_map, templates::to_toml(templates::profile_of(read, known.map)));

    report::tracker_view v;
    v.reported = o.month != 0 ? month(o.month) : read.reported.value_or(month(12));
    if (o.month == 0 && !read.reported && !read.read.empty())
        read.findings.push_back({"track.no_month",
                                 severity::note,
                                 "no month was given or found, so that \"to date\" is the whole year",
                                 {},
                                 "say which month was reported with --month"});
    const sourced_weights weights = known.map.weights ? sourced_weights{*known.map.weights, o.map}
                                    : read.weights    ? *read.weights
                                                      : weights_in_force(model{});
    v.weights = weights.weights;
    v.weights_source = weights.source;
    v.weights_assumed = weights.assumed;
    v.sums = rolled_up(read.read, v.reported, by);
    report::withhold_unknown_forecast(read.read, v.sums, read.findings);
    v.risk_left = at_risk(read.read, v.reported, v.weights, risk_basis::left_to_deliver);
    const result<ratio> share = parse_ratio(o.share);
    if (!share || *share < ratio(0) || ratio(1) < *share)
        throw input_refused("track.share", "--risk-share \"" + o.share + "\" is not a part of a whole; write 80%");
    v.share = *share;
    v.largest = largest_risks(read.read, v.reported, v.weights,
                              o.risk_on == "left" ? risk_basis::left_to_deliver : risk_basis::plan, v.share);
    if (!o.target.empty()) v.target = amount_of(o.target, "--target");
    if (!o.since.empty()) {
        const trackers_read before = read_trackers({o.since}, o, o.since_month, to);
        v.since = file_name(o.since);
        v.bridge = movement(before.read, before.reported.value_or(v.reported), read.read, v.reported, v.weights);
        read.findings.insert(read.findings.end(), before.findings.begin(), before.findings.end());
    }
    if (!read.published.plans.empty() && !read.read.empty()) {
        v.proof = prove_ratings(read.read, read.published);
        read.findings.insert(read.findings.end(), v.proof->findings.begin(), v.proof->findings.end());
        if (v.proof->figures() == 0) v.proof.reset();
    }
    std::vector<finding> about = review(read.read, v.reported, by_status);
    std::move(about.begin(), about.end(), std::back_inserter(read.findings));
    sort_worst_first(read.findings);
    if (!o.csv.empty()) to.make(o.csv, report::tracker_csv(v));
    if (!o.schemes.empty()) to.make(o.schemes, report::schemes_csv(read.read, v.reported));
    if (to.wants_json) to.json << report::tracker_json(read.read, v, read.findings);
    if (to.wants_text && o.csv != "-" && o.schemes != "-" && !read.read.empty())
        to.out << report::tracker_text(read.read, v, to.out_colour);
    print(to, read.findings);
    return status_of(read.findings);
}

} // namespace riskshare::answers
