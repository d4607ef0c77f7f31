// Whose the schemes and savings of several files are.
#ifndef RISKSHARE_ANSWERS_WHOSE_HPP
#define RISKSHARE_ANSWERS_WHOSE_HPP

#include <riskshare/finding.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/tracker.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

/// Whether any scheme or saving is of a body that nothing names.
bool has_nobodys(const tracker&);
bool has_nobodys(const savings_table&);

/// "Neither a.xlsx nor b.xlsx says whose schemes these are" ("bodies.unnamed"), an error.
finding nobodys(const std::string& file, const std::string& other);

/// Whether one can be the other of an earlier month: they speak of a body in common; where neither names any, more than
/// half of the schemes of the smaller stand in the other under the same reference and name.
bool of_the_same_body(const tracker&, const tracker&);

/// One warning for each misspelt body, with every cell in which it stands so.
void join_resemblances(std::vector<finding>&);

} // namespace riskshare::answers

#endif
