"""Three crossing systems of quotas, as HiGHS solves them.

Usage: python3 crossing.py PROBLEM.lp

Needs `highspy`. Prints seconds and the largest sum, by which the caller sees that both did the same. A baseline
for time: no list that is the same whichever way the solver goes, no reasons, nothing told.
"""

import sys
import time

import highspy

solver = highspy.Highs()
solver.setOptionValue("output_flag", False)
solver.setOptionValue("mip_rel_gap", 0.0)
solver.setOptionValue("mip_abs_gap", 0.0)
solver.readModel(sys.argv[1])
start = time.perf_counter()
solver.run()
seconds = time.perf_counter() - start
if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
    sys.exit("no optimum")
print(f"{seconds},{solver.getInfo().objective_function_value}")
