// Who is who: codes, full names, the names people type, and who succeeds whom.
#ifndef RISKSHARE_ORGANISATION_HPP
#define RISKSHARE_ORGANISATION_HPP

#include <riskshare/detail/body_name.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/period.hpp>
#include <riskshare/result.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riskshare {

/// One body. Everything else refers to it by its code.
struct organisation {
    std::string code;                     ///< "UHL"
    std::string name;                     ///< "University Hospitals of Leicester NHS Trust"
    std::vector<std::string> aliases;     ///< other names in use: "CITY CCG"
    std::string successor = {};           ///< code of the body that takes over; empty when none does
    std::optional<period> succeeded = {}; ///< the first month in which the successor stands in its place
};

/// How a name was recognised.
enum class name_match : std::uint8_t {
    exact, ///< a code, full name or alias, whatever its case, blanks, bullets and footnote marks; or both a name and
           ///< its code: "Leicester City CCG (LCCCG)"
    resembles, ///< one slip away from one name and from no other: to be confirmed by a person
};

struct organisation_match {
    std::string code;
    name_match how = name_match::exact;
    std::string name; ///< the known name that was matched
};

/// The bodies that a set of papers speaks of. No two share a name.
class organisation_directory {
public:
    /// Fails with rule "organisation.duplicate_name" or "organisation.unknown_successor".
    static result<organisation_directory> of(std::vector<organisation>);
    /// The same, which knows a body that it does not list by what its name looks like, under the name as it stands:
    /// for files of which nobody said whose they are.
    organisation_directory or_as_written() const;
    /// The same with further names, each of a code; a name that stood for another body now stands for this one.
    organisation_directory with_names(const std::map<std::string, std::string>& code_of_name) const;

    const std::vector<organisation>& all() const noexcept { return organisations_; }
    /// nullptr when there is no such code.
    const organisation* find_code(std::string_view code) const;
    /// Which body a person means; nothing when none is near enough.
    std::optional<organisation_match> recognise(std::string_view typed) const;
    /// The one body that a sentence names by its code or a longer name; nothing where it names none or several.
    std::optional<std::string> named_in(std::string_view sentence) const;
    /// The body that stands for `code` in a month: an ICB for the CCGs that it succeeded. A code not in the directory
    /// stands for itself.
    std::string standing(std::string_view code, const period&) const;

private:
    std::optional<organisation_match> recognise_one(const std::string& folded) const;
    std::vector<organisation> organisations_;
    bool as_written_ = false;
};

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// Insertions, deletions, changes and swaps of neighbours that lead from one text to the other.
inline std::size_t slips(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(now);
    }
    return last[b.size()];
}

/// Without what a layout puts around a name: bullets before it; asterisks, superscripts and "(1)" after it.
inline std::string without_marks(std::string name) {
    for (bool again = true; again;) {
        again = false;
        for (std::string_view bullet : {"•", "·", "▪", "- ", "> ", " ", "*"})
            if (name.rfind(bullet, 0) == 0) name.erase(0, bullet.size()), again = true;
        for (std::string_view mark : {"*", "¹", "²", "³", "⁴", "⁵", "†", "‡", " ", ":"})
            if (name.size() > mark.size() && name.compare(name.size() - mark.size(), mark.size(), mark) == 0)
                name.erase(name.size() - mark.size()), again = true;
        const std::size_t n = name.size();
        const bool numbered =
            n > 3 && is_digit(name[n - 2]) &&
            ((name[n - 3] == '(' && name[n - 1] == ')') || (name[n - 3] == '[' && name[n - 1] == ']'));
        if (numbered) name.erase(n - 3), again = true;
    }
    return name;
}

/// "leicester city ccg (lcccg)" and "lcccg - leicester city" hold two names; a name alone is the first, the second
/// empty.
inline std::pair<std::string, std::string> two_names(const std::string& name) {
    const std::size_t bracket = name.find(" (");
    if (bracket != std::string::npos && name.back() == ')')
        return {name.substr(0, bracket), name.substr(bracket + 2, name.size() - bracket - 3)};
    for (std::string_view dash : {" - ", ": "})
        if (const std::size_t at = name.find(dash); at != std::string::npos)
            return {name.substr(0, at), name.substr(at + dash.size())};
    return {name, ""};
}

template <class F>
void for_each_name(const organisation& o, F f) {
    f(o.code);
    f(o.name);
    for (const std::string& alias : o.aliases) f(alias);
}

} // namespace detail

inline result<organisation_directory> organisation_directory::of(std::vector<organisation> organisations) {
    organisation_directory directory;
    directory.organisations_ = std::move(organisations);
    std::vector<std::pair<std::string, std::string>> seen;
    for (const organisation& o : directory.organisations_)
        detail::for_each_name(o, [&](const std::string& name) {
            if (!name.empty()) seen.emplace_back(detail::folded(name), o.code);
        });
    std::sort(seen.begin(), seen.end());
    for (std::size_t i = 1; i < seen.size(); ++i)
        if (seen[i].first == seen[i - 1].first && seen[i].second != seen[i - 1].second)
            return failure{"organisation.duplicate_name",
                           "\"" + seen[i].first + "\" names both " + seen[i - 1].second + " and " + seen[i].second};
    for (const organisation& o : directory.organisations_)
        if (!o.successor.empty() && (directory.find_code(o.successor) == nullptr || !o.succeeded))
            return failure{"organisation.unknown_successor",
                           o.code + " is succeeded by " + o.successor + ", which needs an entry and a first month"};
    return directory;
}

inline organisation_directory organisation_directory::or_as_written() const {
    organisation_directory open = *this;
    open.as_written_ = true;
    return open;
}

inline organisation_directory
organisation_directory::with_names(const std::map<std::string, std::string>& code_of_name) const {
    organisation_directory out = *this;
    for (const auto& [typed, code] : code_of_name) {
        const std::string wanted = detail::folded(typed);
        for (organisation& o : out.organisations_) {
            if (o.code == code) continue;
            std::erase_if(o.aliases, [&](const std::string& alias) { return detail::folded(alias) == wanted; });
            if (detail::folded(o.name) == wanted) o.name = o.code;
        }
        const std::string& own = code;
        auto body = std::find_if(out.organisations_.begin(), out.organisations_.end(),
                                 [&own](const organisation& o) { return o.code == own; });
        if (body == out.organisations_.end())
            body = out.organisations_.insert(out.organisations_.end(), organisation{code, code, {}});
        body->aliases.push_back(typed);
    }
    return out;
}

inline const organisation* organisation_directory::find_code(std::string_view code) const {
    const auto found = std::find_if(organisations_.begin(), organisations_.end(),
                                    [&](const organisation& o) { return o.code == code; });
    return found == organisations_.end() ? nullptr : &*found;
}

inline std::optional<organisation_match> organisation_directory::recognise(std::string_view typed) const {
    const std::string whole_text = detail::folded(typed), wanted = detail::without_marks(whole_text);
    if (const std::optional<organisation_match> as_is = recognise_one(whole_text);
        as_is && as_is->how == name_match::exact)
        return as_is;
    if (const std::optional<organisation_match> whole = recognise_one(wanted)) return whole;
    const auto [first, second] = detail::two_names(wanted);
    const std::optional<organisation_match> one = second.empty() ? std::nullopt : recognise_one(first),
                                            other = second.empty() ? std::nullopt : recognise_one(second);
    if (one && other && one->code == other->code) return one->how == name_match::exact ? one : other;
    const std::string written = detail::plain(typed);
    if (!as_written_ || !detail::names_a_body(written)) return std::nullopt;
    return organisation_match{written, name_match::exact, written};
}

inline std::optional<std::string> organisation_directory::named_in(std::string_view sentence) const {
    const auto padded = [](std::string_view line) {
        std::string out = " ";
        for (char c : detail::folded(line)) out += detail::is_alphanumeric(c) || c == '&' ? c : ' ';
        return " " + detail::plain(out) + " ";
    };
    const std::string where = padded(sentence);
    std::optional<std::string> found;
    std::size_t longest = 0;
    bool several = false;
    for (const organisation& o : organisations_)
        detail::for_each_name(o, [&](const std::string& name) {
            // Short names other than codes are everyday words: "City", "East".
            if (name != o.code && name.size() < 8) return;
            const std::string wanted = padded(name);
            if (wanted.size() < 3 || where.find(wanted) == std::string::npos) return;
            if (found && *found != o.code && wanted.size() == longest) several = true;
            if (wanted.size() < longest) return;
            if (wanted.size() > longest) several = false;
            longest = wanted.size();
            found = o.code;
        });
    if (found || several || !as_written_) return several ? std::nullopt : found;
    return detail::body_in_title(sentence);
}

inline std::optional<organisation_match> organisation_directory::recognise_one(const std::string& wanted) const {
    if (wanted.empty()) return std::nullopt;
    std::optional<organisation_match> near;
    bool several = false;
    std::optional<organisation_match> same;
    for (const organisation& o : organisations_)
        detail::for_each_name(o, [&](const std::string& name) {
            const std::string known = detail::folded(name);
            if (known == wanted) same = organisation_match{o.code, name_match::exact, name};
            // Short names are too close to one another for a slip to tell anything.
            if (known.size() < 8 || wanted.size() < 8 || detail::slips(known, wanted) > known.size() / 12 + 1) return;
            several = several || (near && near->code != o.code);
            near = organisation_match{o.code, name_match::resembles, name};
        });
    if (same) return same;
    return several ? std::nullopt : near;
}

inline std::string organisation_directory::standing(std::string_view code, const period& when) const {
    std::string current(code);
    for (std::size_t steps = 0; steps <= organisations_.size(); ++steps) {
        const organisation* o = find_code(current);
        if (o == nullptr || o->successor.empty() || when < *o->succeeded) return current;
        current = o->successor;
    }
    throw precondition_violated("organisation " + std::string(code) + " succeeds itself");
}

} // namespace riskshare

#endif
