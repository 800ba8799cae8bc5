package dev.coffey.supervisor;

import static dev.coffey.supervisor.Mutant.called;
import static dev.coffey.supervisor.Mutant.replaced;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;

/// Mistakes that one could make in the core; each new rule of it wants one here.
final class Mutants {
  private Mutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
            ofOneService(),
            ofRunsAndTheirEnds(),
            ofReloads(),
            ofHandsAndNeighbours(),
            ofSchedules(),
            ofAllServices(),
            ofCommandsPlansAndEnds())
        .flatMap(mutants -> mutants);
  }

  private static Stream<Mutant> ofOneService() {
    return Stream.of(
        replaced(
            "news of an earlier run counts",
            "lifecycle.Lifecycle",
            "stale",
            code -> Mutant.answer(code, false)),
        called("back-off ends at once", "lifecycle.AfterEnd", "weigh", "plus", code -> code.pop()),
        replaced(
            "being ready is enough to forget failures",
            "restart.RestartRule",
            "stable",
            code -> Mutant.notZero(code, 2)),
        replaced(
            "nothing lies within the window of give_up",
            "restart.RestartRule",
            "within",
            code -> code.lconst_0().lreturn()),
        replaced(
            "a run is over when its main process has ended",
            "lifecycle.Downward",
            "clear",
            Mutants::departs),
        replaced("nobody is killed", "lifecycle.ServiceState$Stopping", "killAt", Mutant::never),
        replaced("no start times out", "lifecycle.ServiceState$Starting", "readyBy", Mutant::never),
        replaced(
            "a launch is enough to be ready",
            "spec.HealthSpec",
            "hasReadiness",
            code -> Mutant.answer(code, false)),
        replaced(
            "a failed liveness probe has no consequence",
            "lifecycle.ProbeTurn",
            "act",
            Mutants::stays));
  }

  private static Stream<Mutant> ofRunsAndTheirEnds() {
    return Stream.of(
        called(
            "one bad answer is enough",
            "lifecycle.Track",
            "after",
            "failureThreshold",
            code -> code.pop().iconst_1()),
        called(
            "one good answer is enough",
            "lifecycle.Track",
            "after",
            "successThreshold",
            code -> code.pop().iconst_1()),
        replaced("max_runtime is forgotten", "lifecycle.Holding", "endBy", Mutant::never),
        called(
            "a reload leaves deadlines as they were",
            "lifecycle.Lifecycle",
            "respecified",
            "retimed",
            code -> code.pop2()),
        called(
            "a stop command's failure is the end of it",
            "lifecycle.Downward",
            "whenStopping",
            "good",
            code -> code.pop().iconst_1()),
        replaced(
            "a oneshot that is done runs again", "lifecycle.AfterEnd", "rule", Mutants::asWritten),
        replaced(
            "nobody is told of a crash loop",
            "restart.RestartRule",
            "crashLoopBegins",
            code -> Mutant.answer(code, false)),
        called(
            "max_attempts is not looked at",
            "restart.RestartRule",
            "verdict",
            "attemptsMax",
            code -> code.pop().iconst_0()),
        called(
            "back-off does not grow",
            "spec.Backoff",
            "delay",
            "pow",
            code -> code.pop2().pop2().dconst_1()));
  }

  private static Stream<Mutant> ofReloads() {
    return Stream.of(
        replaced(
            "no reload times out", "lifecycle.ServiceState$Reloading", "doneBy", Mutant::never),
        replaced("a reload that is over goes on", "lifecycle.Upward", "reloaded", Mutants::stays),
        called(
            "who has reloaded is taken for one that is back",
            "fleet.Reactions",
            "follow",
            "isEmpty",
            code -> code.pop().iconst_1()));
  }

  private static Stream<Mutant> ofHandsAndNeighbours() {
    return Stream.of(
        called(
            "what is paused is launched",
            "fleet.Settling",
            "rest",
            "resting",
            code -> code.pop().iconst_0()),
        called(
            "a pause does not end by itself",
            "fleet.FleetMachine",
            "passTime",
            "resume",
            code -> code.pop2()),
        called(
            "a rolling restart takes all at once",
            "fleet.Commands",
            "rollOut",
            "atOnce",
            code -> code.pop().sipush(1000)),
        replaced(
            "a rolling restart does not wait until one is back",
            "fleet.Rollout",
            "verdict",
            Mutants::back),
        replaced(
            "restarts are not followed",
            "fleet.Reactions",
            "restarting",
            code -> Mutant.answer(code, false)),
        replaced(
            "nobody is restarted when the other is back",
            "fleet.Reactions",
            "back",
            code -> code.return_()),
        called(
            "who turns unhealthy is not followed",
            "fleet.Reactions",
            "follow",
            "health",
            Mutants::healthy),
        replaced(
            "the budget is never spent", "fleet.Bucket", "spent", code -> code.aload(0).areturn()));
  }

  private static Stream<Mutant> ofSchedules() {
    return Stream.of(
        replaced(
            "whoever has a schedule runs all the time",
            "lifecycle.Service",
            "resting",
            Mutants::paused),
        called(
            "a time that comes is forgotten",
            "fleet.Schedules",
            "asked",
            "due",
            code -> code.pop()),
        called(
            "a run that shall go on is replaced",
            "fleet.Schedules",
            "asked",
            "overlap",
            code -> overlap(code, "REPLACE")),
        called(
            "a time skips a run that it shall follow or replace",
            "fleet.Schedules",
            "asked",
            "overlap",
            code -> overlap(code, "SKIP")),
        called(
            "a run that is cut short is not made up for",
            "lifecycle.AfterEnd",
            "departed",
            "due",
            _ -> {}),
        replaced(
            "what was missed is made up for in any case",
            "schedule.Timetable",
            "madeUpFor",
            code -> Mutant.answer(code, true)));
  }

  private static void paused(CodeBuilder code) {
    ClassDesc service = ClassDesc.of("dev.coffey.lifecycle.Service");
    code.aload(0)
        .invokevirtual(service, "paused", MethodTypeDesc.of(ConstantDescs.CD_boolean))
        .ireturn();
  }

  private static void overlap(CodeBuilder code, String name) {
    ClassDesc type = ClassDesc.of("dev.coffey.spec.ScheduleSpec$Overlap");
    code.pop().getstatic(type, name, type);
  }

  private static void asWritten(CodeBuilder code) {
    ClassDesc service = ClassDesc.of("dev.coffey.lifecycle.Service");
    ClassDesc spec = ClassDesc.of("dev.coffey.spec.ServiceSpec");
    ClassDesc restart = ClassDesc.of("dev.coffey.spec.RestartSpec");
    code.aload(0)
        .invokevirtual(service, "spec", MethodTypeDesc.of(spec))
        .invokevirtual(spec, "restart", MethodTypeDesc.of(restart))
        .areturn();
  }

  private static void back(CodeBuilder code) {
    ClassDesc verdict = ClassDesc.of("dev.coffey.fleet.Rollout$Verdict");
    code.getstatic(verdict, "BACK", verdict).areturn();
  }

  private static void healthy(CodeBuilder code) {
    ClassDesc health = ClassDesc.of("dev.coffey.lifecycle.Health");
    code.pop().getstatic(health, "HEALTHY", health);
  }

  private static Stream<Mutant> ofAllServices() {
    return Stream.of(
        replaced(
            "the budget is forgotten", "fleet.Bucket", "grant", code -> code.aload(1).areturn()),
        replaced(
            "stops go in plain order",
            "fleet.Settling",
            "heldUp",
            code -> Mutant.answer(code, false)),
        replaced(
            "requirements never block",
            "fleet.Requirements",
            "blocker",
            code -> code.aconst_null().areturn()),
        replaced(
            "every condition holds",
            "fleet.Requirements",
            "holds",
            code -> Mutant.answer(code, true)),
        replaced(
            "slots are never taken", "fleet.Digest", "onTheWay", code -> code.iconst_0().ireturn()),
        replaced("the queue is never served", "fleet.Roster", "firstQueued", Mutants::empty),
        replaced(
            "run ids are used again",
            "fleet.Fleet$Course",
            "launched",
            code -> code.aload(0).areturn()),
        called(
            "a stop forgets who is in back-off",
            "fleet.Settling",
            "examine",
            "in",
            code -> code.pop2()),
        replaced(
            "crashes are not followed",
            "fleet.Reactions",
            "crashed",
            code -> Mutant.answer(code, false)));
  }

  private static Stream<Mutant> ofCommandsPlansAndEnds() {
    return Stream.of(
        replaced(
            "a shutdown is not noticed",
            "fleet.Settling",
            "stopping",
            code -> Mutant.answer(code, false)),
        replaced(
            "a second signal leaves grace",
            "fleet.Shutdown",
            "hurried",
            code -> code.aload(0).areturn()),
        called(
            "a reload restarts what it need not",
            "fleet.Replanning",
            "changed",
            "runsOtherThan",
            code -> code.pop2().iconst_1()),
        called(
            "a reload leaves what it must restart",
            "fleet.Replanning",
            "changed",
            "ending",
            code -> code.pop()),
        replaced("dependents do not hold up a stop", "fleet.Commands", "holders", Mutants::nobody),
        called("a stop is not remembered", "fleet.Commands", "stop", "wishing", code -> code.pop()),
        replaced(
            "operations do not see how it goes",
            "supervisor.Operation",
            "observe",
            code -> code.return_()));
  }

  private static void departs(CodeBuilder code) {
    ClassDesc service = ClassDesc.of("dev.coffey.lifecycle.Service");
    ClassDesc departure = ClassDesc.of("dev.coffey.lifecycle.ServiceState$Departure");
    ClassDesc moment = ClassDesc.of("dev.coffey.lifecycle.Moment");
    ClassDesc step = ClassDesc.of("dev.coffey.lifecycle.Step");
    code.aload(0)
        .aload(2)
        .iconst_0()
        .aload(3)
        .invokestatic(
            ClassDesc.of("dev.coffey.lifecycle.AfterEnd"),
            "departed",
            MethodTypeDesc.of(step, service, departure, ConstantDescs.CD_boolean, moment))
        .areturn();
  }

  private static void stays(CodeBuilder code) {
    ClassDesc service = ClassDesc.of("dev.coffey.lifecycle.Service");
    code.aload(0)
        .invokestatic(
            ClassDesc.of("dev.coffey.lifecycle.Lifecycle"),
            "stay",
            MethodTypeDesc.of(ClassDesc.of("dev.coffey.lifecycle.Step"), service))
        .areturn();
  }

  private static void empty(CodeBuilder code) {
    ClassDesc optional = ClassDesc.of("java.util.OptionalInt");
    code.invokestatic(optional, "empty", MethodTypeDesc.of(optional)).areturn();
  }

  private static void nobody(CodeBuilder code) {
    ClassDesc set = ClassDesc.of("java.util.TreeSet");
    code.new_(set)
        .dup()
        .invokespecial(set, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void))
        .areturn();
  }
}
